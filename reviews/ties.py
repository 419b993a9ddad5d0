"""What a person's own ties close to them: files under a declaration, and the ranking of whole calls. Writes nothing."""

from typing import Any

from django.db.models import Q

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


def files_handled_by(user: Any) -> ApplicationQuerySet:
    """Files that the person was asked to review, screened, or entered from paper: another pair of eyes decides them."""
    handled = Q(assignments__reviewer=user) | Q(screeners__person=user)
    return Application.objects.filter(handled | Q(channel=Channel.PAPER, created_by=user))
