"""Tells the documents and mail apps what an applicant may see there, and the applications what an auditor may."""

from typing import Any

from django.db.models import Q

from applications.models import Application
from applications.registry import register_visibility
from calls.models import Call
from calls.querysets import calls_of_the_mandate
from portal.documents.registry import register_visibility as register_document_visibility
from portal.mail.registry import register_visibility as register_mail_visibility
from portal.organisations.permissions import organisations_of


def released_documents_of_own_organisations(user: Any) -> Q:
    """Members see their receipts at once, and the decisions from their notification on."""
    own = organisations_of(user)
    if not own:
        return Q(pk__in=[])
    names = [
        f"application:{public_id}"
        for public_id in Application.objects.filter(organisation__in=own).values_list("public_id", flat=True)
    ]
    return Q(about__in=names, released_at__isnull=False)


def files_of_the_mandate(user: Any) -> Q:
    """An auditor reads the unsealed files of the calls in the mandate."""
    unsealed = Q(call__assessment_opened_at__isnull=False, submitted_at__isnull=False)
    return unsealed & calls_of_the_mandate(user, "call__")


def letters_of_the_mandate(user: Any) -> Q:
    """An auditor sees the documents and mails of the calls in the mandate, once their files are unsealed."""
    calls = Call.objects.filter(calls_of_the_mandate(user), assessment_opened_at__isnull=False)
    return Q(call_reference__in=calls.values("reference"))


def register() -> None:
    """Add these rules to the registries."""
    register_document_visibility(released_documents_of_own_organisations)
    register_document_visibility(letters_of_the_mandate)
    register_mail_visibility(letters_of_the_mandate)
    register_visibility(files_of_the_mandate)
