"""What is on whose desk: the files and calls that staff and auditors work on or read. Writes nothing."""

from typing import Any

from django.db.models import QuerySet

from applications.models import Application
from applications.visibility import files_of_the_mandate
from calls.models import Call
from calls.querysets import staff_or_mandate
from portal.accounts.choices import Role
from portal.documents.models import Document
from portal.organisations.permissions import organisations_of
from reviews.choices import CLOSED_FOR_GOOD
from reviews.models import Assignment
from reviews.visibility import files_of_the_unit


def files_on_the_desk(user: Any) -> QuerySet[Application]:
    """Unsealed files of the person's units, or of the auditor's mandate.

    Nobody finds a file of their own organisation here, nor one on which they declared a conflict of interest: a desk
    shows scores and reviewers, which an applicant never sees.
    """
    rows = Application.objects.filter(files_of_the_unit(user) | files_of_the_mandate(user))
    return without_conflicts(rows, user).exclude(organisation__in=organisations_of(user))


def readable_files(user: Any) -> QuerySet[Application]:
    """Every file the person may read in any role, save where they declared a conflict of interest."""
    return without_conflicts(Application.objects.visible_to(user), user)


def without_conflicts(rows: QuerySet[Application], user: Any) -> QuerySet[Application]:
    """The rows less those on which this person has a conflict of interest: for them the file no longer exists."""
    declared = Assignment.objects.filter(reviewer=user, state__in=CLOSED_FOR_GOOD)
    return rows.exclude(pk__in=declared.values("application"))


def calls_on_the_desk(user: Any) -> QuerySet[Call]:
    """Calls whose assessment is opened, of the person's units or of the auditor's mandate."""
    return Call.objects.filter(staff_or_mandate(user), assessment_opened_at__isnull=False)


def letters_to_post(user: Any) -> QuerySet[Document]:
    """Released letters to organisations without a member, of the units where the person is an officer, not yet sent.

    Nobody of such an organisation can sign in or is mailed: an officer posts each letter and records it.
    """
    files = Application.objects.filter(call__unit__in=user.units_as(Role.OFFICER), organisation__memberships=None)
    waiting = Document.objects.issued().filter(about__in=files.names(), sending=None)
    return waiting.order_by("released_at", "pk")
