"""What is on whose desk: the files and calls that staff and auditors work on or read. Writes nothing."""

from typing import Any

from django.db.models import QuerySet

from applications.models import Application
from applications.visibility import files_of_the_mandate
from calls.models import Call
from calls.querysets import CallQuerySet, staff_or_mandate
from portal.accounts.choices import Role
from portal.documents.models import Document
from portal.organisations.models import Organisation
from portal.organisations.permissions import organisations_of
from reviews.ties import files_closed_to, files_tied_to
from reviews.visibility import files_of_the_unit


def files_on_the_desk(user: Any) -> QuerySet[Application]:
    """Unsealed files of the person's units, or of the auditor's mandate.

    Nobody finds a file of their own organisation here, nor one that they are asked to review and have not declared
    themselves free to read: a desk shows scores and reviewers, which an applicant never sees.
    """
    rows = Application.objects.filter(files_of_the_unit(user) | files_of_the_mandate(user))
    return without_closed(rows, user).exclude(organisation__in=organisations_of(user))


def readable_files(user: Any) -> QuerySet[Application]:
    """Every file the person may read in any role, save where their own declaration is awaited or closed it."""
    return without_closed(Application.objects.visible_to(user), user)


def without_closed(rows: QuerySet[Application], user: Any) -> QuerySet[Application]:
    """The rows less those that this person may not read as their reviewer: for them the file does not exist."""
    return rows.exclude(pk__in=files_closed_to(user))


def calls_on_the_desk(user: Any) -> CallQuerySet:
    """Calls whose assessment is opened, of the person's units or of the auditor's mandate."""
    return Call.objects.filter(staff_or_mandate(user), assessment_opened_at__isnull=False)


def rankings_on_the_desk(user: Any) -> CallQuerySet:
    """Those of them whose ranking the person may see: nobody does who is tied to one of the files."""
    return calls_on_the_desk(user).exclude(pk__in=files_tied_to(user).values("call"))


def letters_to_post(user: Any) -> QuerySet[Document]:
    """Released letters to organisations without a signatory, of the units where the person is an officer.

    Nobody is mailed there: an officer posts each letter and records it, save where the addressee has opened it.
    """
    unsigned = Organisation.objects.without_signatory().exclude(pk__in=organisations_of(user))
    files = Application.objects.filter(call__unit__in=user.units_as(Role.OFFICER), organisation__in=unsigned)
    seen = Document.objects.issued().visible_to(user).exclude(about__in=files_closed_to(user).names())
    waiting = seen.about_any(files.names()).filter(sending=None, first_opened_at=None)
    return waiting.order_by("released_at", "pk")
