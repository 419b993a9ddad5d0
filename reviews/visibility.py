"""Tells the apps below what staff and reviewers may see of applications, documents and mails."""

from typing import Any

from django.db.models import Q

from applications.models import Application
from applications.registry import register_visibility
from calls.models import Call
from portal.documents.registry import register_visibility as register_document_visibility
from portal.mail.registry import register_visibility as register_mail_visibility
from portal.organisations.permissions import organisations_of
from reviews.choices import CLOSED_FOR_GOOD, OPENS_THE_FILE
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
    """Staff see the documents and mails of their calls, once assessment is opened.

    Not those about a file that their desk does not show them: of their own organisation, or under a declared conflict.
    """
    if not user.staff_units:
        return NOTHING
    calls = Call.objects.filter(unit__in=user.staff_units, assessment_opened_at__isnull=False)
    closed = Assignment.objects.filter(reviewer=user, state__in=CLOSED_FOR_GOOD)
    seen = Q(call_reference__in=calls.values("reference"))
    seen &= ~Q(about__in=Application.objects.filter(pk__in=closed.values("application")).names())
    if own := organisations_of(user):
        seen &= ~Q(about__in=Application.objects.filter(organisation__in=own).names())
    return seen


def register() -> None:
    """Add these rules to the registries below."""
    register_visibility(files_of_the_unit)
    register_visibility(files_under_review)
    register_document_visibility(letters_of_the_unit)
    register_mail_visibility(letters_of_the_unit)
