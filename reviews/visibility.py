"""Tells the apps below what staff and reviewers may see of applications, documents and mails."""

from typing import Any

from django.db.models import Q

from applications.registry import register_visibility
from calls.models import Call
from portal.documents.registry import register_visibility as register_document_visibility
from portal.mail.registry import register_visibility as register_mail_visibility
from reviews.choices import OPENS_THE_FILE
from reviews.models import Assignment

NOTHING = Q(pk__in=[])


def files_of_the_unit(user: Any) -> Q:
    """Officers and the head see what was handed in to their unit, once assessment is opened: sealed before."""
    if not user.staff_units:
        return NOTHING
    return Q(call__unit__in=user.staff_units, call__assessment_opened_at__isnull=False, submitted_at__isnull=False)


def files_under_review(user: Any) -> Q:
    """Reviewers see the files they were assigned, from the declaration of no conflict on."""
    if not user.is_reviewer:
        return NOTHING
    opened = Assignment.objects.filter(reviewer=user, state__in=OPENS_THE_FILE)
    return Q(pk__in=opened.values("application"))


def letters_of_the_unit(user: Any) -> Q:
    """Staff see the documents and mails of their calls, once assessment is opened."""
    if not user.staff_units:
        return NOTHING
    calls = Call.objects.filter(unit__in=user.staff_units, assessment_opened_at__isnull=False)
    return Q(call_reference__in=calls.values("reference"))


def register() -> None:
    """Add these rules to the registries below."""
    register_visibility(files_of_the_unit)
    register_visibility(files_under_review)
    register_document_visibility(letters_of_the_unit)
    register_mail_visibility(letters_of_the_unit)
