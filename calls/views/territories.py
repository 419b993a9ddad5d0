"""Partner territories: what binds the Region to each, in which calls it was or is a priority region, and a map."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calls.map import Drawing, Frame, Spot, around, draw
from calls.models import Call
from calls.reading import Words, column_words
from calls.standing import OPEN, Standing, standing_of
from calls.views.places import without_accents
from portal.codelists.models import PriorityRegion, Territory
from portal.core.dates import BRUSSELS, long_day

NOW, AGREED, OTHER = "now", "agreed", "other"
# Where territories lie closest together, and where a second map shows them larger.
EUROPE = Frame(west=-10, south=40, east=45, north=60, step=5)
GRID_OF_THE_WORLD = 30


@dataclass(frozen=True)
class Line:
    """One territory of the list; its number stands on the map."""

    number: int
    territory: Territory
    name: Words
    country: str
    agreement: str
    shape: str
    calls: list[tuple[Call, Words, Standing]]
    earlier: list[Words]

    @property
    def spot(self) -> Spot:
        """The same, for the map."""
        latitude, longitude = float(self.territory.latitude), float(self.territory.longitude)
        return Spot(self.number, str(self.name), latitude, longitude, self.shape)


@dataclass(frozen=True)
class Map:
    """A drawing with its title; `inset` says where on it the larger one lies."""

    code: str
    title: str | Promise
    drawing: Drawing
    inset: dict[str, int] | None = None


@require_safe
def territories(request: HttpRequest) -> HttpResponse:
    """Everyone reads it: the list, which says it all, and the same places on a map."""
    lines = _lines(request.arrived_at)
    return render(request, "calls/territories.html", {"lines": lines, "maps": list(_maps(lines))})


def _lines(at: datetime) -> list[Line]:
    """Every territory that is not withdrawn, by name as a reader looks it up; three queries."""
    today, language = at.astimezone(BRUSSELS).date(), get_language() or "fr"
    calls = Prefetch("calls", Call.objects.public().defer("contract"), to_attr="public_calls")
    earlier = Prefetch("earlier_priorities", PriorityRegion.objects.in_force(today), to_attr="calls_before")
    found: Any = Territory.objects.in_force(today).prefetch_related(calls, earlier)
    named = [(column_words(territory, "name", language), territory) for territory in found]
    ordered = sorted(named, key=lambda pair: without_accents(pair[0].text))
    return [_line(number, name, row, at) for number, (name, row) in enumerate(ordered, start=1)]


def _line(number: int, name: Words, territory: Any, at: datetime) -> Line:
    language, today = get_language() or "fr", at.astimezone(BRUSSELS).date()
    calls = [(call, column_words(call, "title", language), standing_of(call, at)) for call in territory.public_calls]
    is_now = any(standing == OPEN for _call, _title, standing in calls)
    country = Locale(language[:2]).territories.get(territory.country_code, territory.country_code)
    return Line(
        number=number,
        territory=territory,
        name=name,
        country="" if without_accents(country) in without_accents(name.text) else country,
        agreement=_agreement(territory, today),
        shape=NOW if is_now else AGREED if territory.has_agreement_on(today) else OTHER,
        calls=calls,
        earlier=[column_words(row, "name", language) for row in territory.calls_before],
    )


def _agreement(territory: Territory, today: date) -> str:
    """Whether an agreement binds the Region and this territory, with the days that are known."""
    if not territory.has_agreement:
        return _("No agreement")
    language, first, last = get_language() or "fr", territory.agreement_from, territory.agreement_until
    if last and last < today:
        return _("Ended on %(day)s") % {"day": long_day(last, language)}
    if first and first > today:
        return _("From %(day)s") % {"day": long_day(first, language)}
    if first and last:
        return _("From %(first)s until %(last)s") % {
            "first": long_day(first, language),
            "last": long_day(last, language),
        }
    if first:
        return _("Since %(day)s") % {"day": long_day(first, language)}
    return _("In force until %(day)s") % {"day": long_day(last, language)} if last else _("In force")


def _maps(lines: list[Line]) -> Iterator[Map]:
    """The world without the part that is drawn larger, then that part; a map without a place is left out."""
    spots = [line.spot for line in lines]
    near = [spot for spot in spots if EUROPE.holds(spot.latitude, spot.longitude)]
    far = [spot for spot in spots if spot not in near]
    larger = around(near, EUROPE.step) if near else None
    if far:
        frame = around([*far, *near], GRID_OF_THE_WORLD)
        yield Map("world", gettext_lazy("The world"), draw(far, frame), _inset(frame, larger) if larger else None)
    if larger:
        yield Map("europe", gettext_lazy("Europe, larger"), draw(near, larger))


def _inset(frame: Frame, part: Frame) -> dict[str, int]:
    left, top = frame.x(part.west), frame.y(part.north)
    return {"x": left, "y": top, "width": frame.x(part.east) - left, "height": frame.y(part.south) - top}
