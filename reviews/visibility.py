"""Tells the apps below what staff and reviewers may see of applications, documents and mails."""

from typing import Any

from django.db.models import Q

from applications.choices import Channel
from applications.models import Application
from applications.registry import register_visibility
from calls.models import Call
from portal.accounts.choices import Role
from portal.documents.registry import register_visibility as register_document_visibility
from portal.mail.registry import register_visibility as register_mail_visibility
from portal.organisations.permissions import organisations_of
from reviews.choices import OPENS_THE_FILE
from reviews.models import Assignment
from reviews.ties import files_closed_to

NOTHING = Q(pk__in=[])


def files_of_the_unit(user: Any) -> Q:
    """Officers and the head see what was handed in to their unit, once assessment is opened: sealed before.

    Whoever is asked to review a file reads it as its reviewer, from the declaration on, or not at all.
    """
    if not user.staff_units:
        return NOTHING
    seen = Q(call__unit__in=user.staff_units, call__assessment_opened_at__isnull=False, submitted_at__isnull=False)
    return seen & ~Q(pk__in=files_closed_to(user))


def files_under_review(user: Any) -> Q:
    """Reviewers see the files they were assigned, from the declaration of no conflict on."""
    if not user.is_reviewer:
        return NOTHING
    opened = Assignment.objects.filter(reviewer=user, state__in=OPENS_THE_FILE)
    return Q(pk__in=opened.values("application"))


def letters_of_the_unit(user: Any) -> Q:
    """Staff see the documents and mails of their calls, once assessment is opened.

    Not those about a file that their desk does not show them.
    """
    if not user.staff_units:
        return NOTHING
    calls = Call.objects.filter(unit__in=user.staff_units, assessment_opened_at__isnull=False)
    return Q(call_reference__in=calls.values("reference")) & ~_about_a_closed_file(user)


def letters_of_paper_files(user: Any) -> Q:
    """An officer sees the letters about the unit's paper applications at once, for they go by post.

    The paper was in the officers' hands before it was entered: there is nothing left to seal. A tie closes them as it
    closes the other letters.
    """
    units = user.units_as(Role.OFFICER)
    if not units:
        return NOTHING
    files = Application.objects.filter(call__unit__in=units, channel=Channel.PAPER)
    return Q(about__in=files.names()) & ~_about_a_closed_file(user)


def _about_a_closed_file(user: Any) -> Q:
    """About a file that the person's desk does not show: a reviewer's without declaration, or an own one."""
    closed = Q(about__in=files_closed_to(user).names())
    if own := organisations_of(user):
        closed |= Q(about__in=Application.objects.filter(organisation__in=own).names())
    return closed


def register() -> None:
    """Add these rules to the registries below."""
    register_visibility(files_of_the_unit)
    register_visibility(files_under_review)
    register_document_visibility(letters_of_the_unit)
    register_document_visibility(letters_of_paper_files)
    register_mail_visibility(letters_of_the_unit)
