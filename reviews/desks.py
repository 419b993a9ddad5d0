"""Whose file is it: the desk that answers for its territory, the officer who has it in hand. Writes nothing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from applications.models import Application
from calls.reading import Words, column_words
from portal.accounts.choices import Role
from portal.accounts.models import Desk, DeskOfficer

ASSIGNED_TO_NOBODY = Q(file_assignment__isnull=True)


def of_my_desk(user: Any, *, on: date) -> Q:
    """Files of the territories for which the person's desks answer, whoever has them in hand; and those in hand."""
    mine, _staffed = _territories(user, on)
    return Q(lot__territory__in=mine) | Q(file_assignment__officer=user)


def waiting_on(user: Any, *, on: date) -> Q:
    """A file waits on the officer who has it in hand; else on its desk; where nobody sits, on every officer."""
    mine, staffed = _territories(user, on)
    nobodys = Q(lot__isnull=True) | Q(lot__territory__isnull=True) | ~Q(lot__territory__in=staffed)
    return Q(file_assignment__officer=user) | (ASSIGNED_TO_NOBODY & (Q(lot__territory__in=mine) | nobodys))


def _territories(user: Any, on: date) -> tuple[set[int], set[int]]:
    """Territories of the person's own desks, and of every desk of their units at which somebody sits; one query."""
    units = user.units_as(Role.OFFICER)
    if not units:
        return set(), set()
    posts = DeskOfficer.objects.in_force(on).filter(desk__unit__in=units, desk__territories__isnull=False)
    found = set(posts.order_by().values_list("officer_id", "desk__territories"))
    return {place for officer, place in found if officer == user.pk}, {place for _officer, place in found}


def officer_of(file: Any) -> str:
    """The name of the officer who has the file in hand, read beforehand; nothing where nobody has."""
    assignment = getattr(file, "file_assignment", None)
    return str(assignment.officer.name) if assignment else ""


def desk_names(files: Iterable[Application], *, on: date) -> dict[int, Words]:
    """Application id to the desk of its territory in the unit of its call; one query, whatever the number of files."""
    language = get_language() or "fr"
    placed = {file.pk: (file.call.unit_id, file.lot.territory_id) for file in files if file.lot}
    territories = {territory for _unit, territory in placed.values() if territory}
    if not territories:
        return {}
    links = Desk.territories.through.objects.filter(desk__in=Desk.objects.in_force(on), territory__in=territories)
    names = {
        (link.desk.unit_id, link.territory_id): column_words(link.desk, "name", language)
        for link in links.select_related("desk").order_by("desk__code")
    }
    return {pk: names[place] for pk, place in placed.items() if place in names}
