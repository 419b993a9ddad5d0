"""Where the Region works: territories of the open calls, then partner regions without an open call, with their desk."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils.translation import get_language

from calls.models import Call
from calls.reading import Words, column_words
from portal.accounts.models import Desk
from portal.codelists.models import Territory
from portal.core.dates import BRUSSELS


@dataclass(frozen=True)
class Place:
    """One territory and the desks that answer for it."""

    name: Words
    desks: list[Words]


@dataclass(frozen=True)
class Places:
    """The two lists of the start page."""

    with_call: list[Place]
    without_call: list[Place]


def partner_places(open_calls: Iterable[Call], at: datetime) -> Places:
    """Two queries, whatever the number of territories; those of the calls are read beforehand."""
    today = at.astimezone(BRUSSELS).date()
    chosen = {territory.pk for call in open_calls for territory in call.territories.all()}
    agreed = Territory.objects.in_force(today).with_agreement(today)
    rows = Territory.objects.filter(Q(pk__in=chosen) | Q(pk__in=agreed.values("pk")))
    desks = Prefetch("desks", Desk.objects.in_force(today))
    places = [(row.pk in chosen, _place(row)) for row in rows.prefetch_related(desks)]
    places.sort(key=lambda place: without_accents(place[1].name.text))
    return Places(
        with_call=[place for is_chosen, place in places if is_chosen],
        without_call=[place for is_chosen, place in places if not is_chosen],
    )


def _place(territory: Territory) -> Place:
    language = get_language() or "fr"
    desks = [column_words(desk, "name", language) for desk in territory.desks.all()]
    return Place(column_words(territory, "name", language), desks)


def without_accents(name: str) -> str:
    """How a reader looks a name up: Île-de-France under I, whatever the database's own order."""
    return "".join(part for part in unicodedata.normalize("NFKD", name) if not unicodedata.combining(part)).casefold()
