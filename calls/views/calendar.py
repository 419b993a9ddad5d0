"""The announced dates of a call as a timeline: what is past, what comes next, what follows."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from calls.choices import CalendarKind
from portal.core.dates import BRUSSELS, long_day, long_moment


def timeline_of(entries: list[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """The entries in the order of their dates; the first that is not past is marked as the one that comes now."""
    ordered = sorted(entries, key=_order)
    past = [_is_past(entry, at) for entry in ordered]
    following = past.index(False) if False in past else len(past)
    states = ["done"] * following + ["now"] + [""] * len(ordered)
    return [_shown(entry, state) for entry, state in zip(ordered, states, strict=False)]


def _shown(entry: dict[str, Any], state: str) -> dict[str, Any]:
    language = get_language() or "fr"
    moment = entry["at"]
    return {
        "label": CalendarKind(entry["kind"]).label,
        "when": long_moment(moment, language) if moment else long_day(entry["on"], language),
        "at": moment or entry["on"],
        "state": state,
    }


def _is_past(entry: dict[str, Any], at: datetime) -> bool:
    return entry["at"] <= at if entry["at"] else entry["on"] < at.astimezone(BRUSSELS).date()


def _order(entry: dict[str, Any]) -> tuple[date, int]:
    day = entry["at"].astimezone(BRUSSELS).date() if entry["at"] else entry["on"]
    return day, list(CalendarKind).index(entry["kind"])
