"""What a person's own ties close to them: files under a declaration, and the ranking of whole calls. Writes nothing."""

from typing import Any

from django.db.models import Q, QuerySet

from applications.choices import Channel
from applications.models import Application
from applications.querysets import ApplicationQuerySet
from portal.organisations.permissions import organisations_of
from reviews.choices import CLOSED_FOR_GOOD, CLOSED_TO_THE_REVIEWER


def files_closed_to(user: Any) -> ApplicationQuerySet:
    """Files that the person was asked to review and may not read: not declared yet, in doubt, in conflict, recused."""
    if user.has_assignments is False:
        return Application.objects.none()
    return Application.objects.filter(assignments__reviewer=user, assignments__state__in=CLOSED_TO_THE_REVIEWER)


def files_tied_to(user: Any) -> ApplicationQuerySet:
    """Files of the person's own organisations, and those on which a conflict of interest was found.

    They close the ranking of their whole call: whoever is tied to one file gains or loses by the place of each other.
    """
    if user.has_assignments is False and not organisations_of(user):
        return Application.objects.none()
    conflicts = Q(assignments__reviewer=user, assignments__state__in=CLOSED_FOR_GOOD)
    return Application.objects.filter(conflicts | Q(organisation__in=organisations_of(user)))


def files_handled_by(user: Any) -> QuerySet[Any, Any]:
    """The ids of the files that the person was asked to review, screened, or entered from paper.

    Another pair of eyes decides them. Three small sets put together: one condition with "or" reads every file.
    """
    files = Application.objects.order_by().values("pk")
    entered = files.filter(channel=Channel.PAPER, created_by=user)
    return files.filter(assignments__reviewer=user).union(files.filter(screeners__person=user), entered)
