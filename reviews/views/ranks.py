"""The rows of a ranked list in words, as components/ranked.html draws them: made here once, for lists are long."""

from typing import Any, NamedTuple, TypedDict

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


class Common(NamedTuple):
    """What the rows of one list have in common: looked up once, for a lookup takes as long as a row."""

    language: str
    address: str
    after: str
    partial: str
    granted: str
    reserved: str
    asked: str


# Stands in an address for the reference of a file, which needs no quoting.
REFERENCE = "REFERENCE"


def list_shown(board: Board, cut: Cut = UNPLACED) -> dict[str, Any]:
    """A list for its templates: the board with its figures, its rows in words, and where its line may be placed."""
    common = _common()
    return {"board": board, "ranks": [_rank(board, cut, row, common) for row in board.rows], "cut": cut}


def _common() -> Common:
    return Common(
        language=get_language() or "fr",
        address=reverse("reviews:file_reviews", args=[REFERENCE]),
        after=_("after rank %(value)s"),
        partial=_("of %(asked)s asked – %(amount)s in all"),
        granted=_("%(amount)s in all"),
        reserved=_("asked – until %(day)s"),
        asked=_("asked"),
    )


def _rank(board: Board, cut: Cut, row: BoardRow, common: Common) -> Rank:
    file, number, is_last_funded = row.application, str(row.rank), row.rank == board.cut_after
    may_follow = row.rank in cut.places and not is_last_funded
    return {
        "rank": number if row.is_ranked else "",
        "title": file.shown_title,
        "language": file.language,
        "url": common.address.replace(REFERENCE, file.reference),
        "reference": file.short_reference,
        "meta": file.organisation.name,
        "points": show_number(row.points, common.language, places=2),
        "money": show_amount(row.amount if row.is_funded else row.requested, common.language),
        "money_note": _money_note(row, common),
        "place": row.place,
        "state": row.standing.tag,
        "state_label": str(row.standing.label),
        "is_first_below": row.rank == board.threshold_before,
        "is_last_funded": is_last_funded,
        "number": number,
        "here": common.after % {"value": number} if may_follow else "",
    }


def _money_note(row: BoardRow, common: Common) -> str:
    """What the amount is: a grant with what all grants down to here make together, or what was asked."""
    if row.is_funded:
        shown = {"amount": show_amount(row.running, common.language)}
        if row.is_partial:
            return common.partial % {**shown, "asked": show_amount(row.requested, common.language)}
        return common.granted % shown
    if row.reserve_until:
        return common.reserved % {"day": long_day(row.reserve_until, common.language)}
    return common.asked
