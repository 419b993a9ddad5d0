"""The rows of a ranked list in words, as components/rank.html draws them: made here once, for lists are long."""

from typing import Any, TypedDict

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.dates import long_day
from portal.core.money import show_amount, show_number
from reviews.board import Board, BoardRow
from reviews.cut import UNPLACED, Cut


class Rank(TypedDict):
    """One row as it is read; `follows` is what stands under it: the line where the money ends, a place for it, or nothing."""

    rank: int | None
    title: str
    language: str
    url: str
    reference: str
    meta: str
    points: str
    unit: str
    money: str
    money_note: str
    place: str
    state: str
    state_label: str | Promise
    is_first_below: bool
    number: int
    follows: str
    here: str


def list_shown(board: Board, cut: Cut = UNPLACED) -> dict[str, Any]:
    """A list for its templates: the board with its figures, its rows in words, and where its line may be placed."""
    language, unit = get_language() or "fr", _("points")
    return {"board": board, "ranks": [_rank(board, cut, row, language, unit) for row in board.rows], "cut": cut}


def _rank(board: Board, cut: Cut, row: BoardRow, language: str, unit: str) -> Rank:
    file, is_place = row.application, row.rank in cut.places
    return {
        "rank": row.ranked,
        "title": file.shown_title,
        "language": file.language,
        "url": reverse("reviews:file_reviews", args=[file.reference]),
        "reference": file.short_reference,
        "meta": file.organisation.name,
        "points": show_number(row.points, language, places=2),
        "unit": unit,
        "money": show_amount(row.amount if row.is_funded else row.requested, language),
        "money_note": _money_note(row, language),
        "place": row.place,
        "state": row.standing.tag,
        "state_label": row.standing.label,
        "is_first_below": row.rank == board.threshold_before,
        "number": row.rank,
        "follows": "line" if row.rank == board.cut_after else "place" if is_place else "",
        "here": _("after rank %(value)s") % {"value": row.rank} if is_place else "",
    }


def _money_note(row: BoardRow, language: str) -> str:
    """What the amount is: a grant with what all grants down to here make together, or what was asked."""
    if row.is_partial:
        shown = {"asked": show_amount(row.requested, language), "amount": show_amount(row.running, language)}
        return _("of %(asked)s asked – %(amount)s in all") % shown
    if row.is_funded:
        return _("%(amount)s in all") % {"amount": show_amount(row.running, language)}
    if row.reserve_until:
        return _("asked – until %(day)s") % {"day": long_day(row.reserve_until, language)}
    return _("asked")
