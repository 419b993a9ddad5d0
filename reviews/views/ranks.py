"""The rows of a ranked list in words, as components/ranked.html draws them: made here once, for lists are long."""

from typing import Any, TypedDict

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.dates import long_day
from portal.core.money import show_amount, show_number
from reviews.board import Board, BoardRow
from reviews.cut import UNPLACED, Cut


class Rank(TypedDict):
    """One row as it is read: all of it words, for a template makes words of a number at a price."""

    rank: str
    title: str
    language: str
    url: str
    reference: str
    meta: str
    points: str
    money: str
    money_note: str
    place: str
    state: str
    state_label: str
    is_first_below: bool
    is_last_funded: bool
    number: str
    here: str


# Stands in an address for the reference of a file, which needs no quoting: an address takes longer to make than a row.
REFERENCE = "REFERENCE"


def list_shown(board: Board, cut: Cut = UNPLACED) -> dict[str, Any]:
    """A list for its templates: the board with its figures, its rows in words, and where its line may be placed."""
    language, address = get_language() or "fr", reverse("reviews:file_reviews", args=[REFERENCE])
    return {"board": board, "ranks": [_rank(board, cut, row, address, language) for row in board.rows], "cut": cut}


def _rank(board: Board, cut: Cut, row: BoardRow, address: str, language: str) -> Rank:
    file, number, is_last_funded = row.application, str(row.rank), row.rank == board.cut_after
    may_follow = row.rank in cut.places and not is_last_funded
    return {
        "rank": number if row.is_ranked else "",
        "title": file.shown_title,
        "language": file.language,
        "url": address.replace(REFERENCE, file.reference),
        "reference": file.short_reference,
        "meta": file.organisation.name,
        "points": show_number(row.points, language, places=2),
        "money": show_amount(row.amount if row.is_funded else row.requested, language),
        "money_note": _money_note(row, language),
        "place": row.place,
        "state": row.standing.tag,
        "state_label": str(row.standing.label),
        "is_first_below": row.rank == board.threshold_before,
        "is_last_funded": is_last_funded,
        "number": number,
        "here": _("after rank %(value)s") % {"value": number} if may_follow else "",
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
