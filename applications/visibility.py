"""Tells the documents and mail apps what an applicant may see there, and the applications what an auditor may."""

from typing import Any

from django.db.models import Q

from applications.models import Application
from applications.registry import register_visibility
from calls.models import Call
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
    if user.mandate_now is None:
        return Q(pk__in=[])
    unsealed = Q(call__assessment_opened_at__isnull=False, submitted_at__isnull=False)
    mandate = user.mandate_now
    if mandate.call_references:
        unsealed &= Q(call__reference__in=mandate.call_references)
    if mandate.years:
        unsealed &= Q(submitted_at__year__in=mandate.years)
    return unsealed


def letters_of_the_mandate(user: Any) -> Q:
    """An auditor sees the documents and mails of the calls in the mandate, once their files are unsealed."""
    if user.mandate_now is None:
        return Q(pk__in=[])
    opened = Call.objects.filter(assessment_opened_at__isnull=False)
    if user.mandate_now.call_references:
        opened = opened.filter(reference__in=user.mandate_now.call_references)
    return Q(call_reference__in=opened.values("reference"))


def documents_of_the_mandate(user: Any) -> Q:
    """As the letters, within the years of the mandate too."""
    letters = letters_of_the_mandate(user)
    if user.mandate_now is None or not user.mandate_now.years:
        return letters
    return letters & Q(year__in=user.mandate_now.years)


def register() -> None:
    """Add these rules to the registries."""
    register_document_visibility(released_documents_of_own_organisations)
    register_document_visibility(documents_of_the_mandate)
    register_mail_visibility(letters_of_the_mandate)
    register_visibility(files_of_the_mandate)
