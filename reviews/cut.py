"""The line of a ranked list: the files above it get what they ask, the passing ones below wait. Writes nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.exceptions import Problem
from portal.core.money import show_amount
from reviews.choices import Outcome
from reviews.ranking import UNCHOSEN, ZERO, Choices, LineChoice, Ranked, Ranking

RANK = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class Cut:
    """Where the line stands, and where else it may stand; `after` is a rank, 0 is above the first file.

    `after` is None while nobody placed it: the list then decides by itself where the money ends. `problem` says why
    the line does not stand where it was asked for.
    """

    after: int | None
    places: frozenset[int]
    problem: str = ""

    @property
    def is_moved(self) -> bool:
        """Somebody placed it."""
        return self.after is not None

    @property
    def problems(self) -> list[Problem]:
        """The same sentence for a list of what is to be put right."""
        return [Problem("cut", self.problem)] if self.problem else []

    @property
    def query(self) -> str:
        """What carries the line to another page."""
        return "" if self.after is None else f"?cut={self.after}"


UNPLACED = Cut(None, frozenset())


def read_cut(asked: str | None, ranking: Ranking) -> Cut:
    """The line as it was asked for, or the nearest that is right with a sentence; nonsense leaves the list as it is."""
    places = frozenset(_places(ranking))
    if asked is None:
        return Cut(None, places)
    if not RANK.fullmatch(asked):
        return Cut(None, places, _("The line stands after a rank of the list. Use the buttons between the files."))
    rank, lowest = int(asked), max(places)
    if rank > len(_passing(ranking)):
        return Cut(lowest, places, _beyond_the_minimum(lowest))
    if rank not in places:
        return Cut(lowest, places, _beyond_the_envelope(ranking, rank, lowest))
    return Cut(rank, places)


def choices_at(cut: Cut, ranking: Ranking, kept: Choices) -> Choices:
    """What the line gives to each file; reasons, places in a tie and last days stay as they are kept."""
    if cut.after is None:
        return kept
    return {row.application.pk: _choice(row, cut.after, kept) for row in ranking.rows}


def _choice(row: Ranked, after: int, kept: Choices) -> LineChoice:
    by_the_line = Outcome.AWARDED if row.rank <= after else Outcome.ON_RESERVE
    outcome = by_the_line if row.result.passes else Outcome.REJECTED
    return replace(kept.get(row.application.pk, UNCHOSEN), outcome=outcome.value, amount=None)


def _places(ranking: Ranking) -> Iterable[int]:
    """The ranks after which it may stand: passing files, as far as the money pays all that they ask; and the top."""
    passing = _passing(ranking)
    wanted = accumulate(row.requested for row in passing)
    return [0, *(row.rank for row, total in zip(passing, wanted, strict=True) if total <= ranking.ceiling)]


def _passing(ranking: Ranking) -> list[Ranked]:
    """They stand at the top of the list: their ranks are 1, 2, 3 and so on."""
    return [row for row in ranking.rows if row.result.passes]


def _beyond_the_minimum(lowest: int) -> str:
    if not lowest:
        return _("The line cannot pass the minimum, nor the envelope: it stands above the first file.")
    sentence = _("The line cannot pass the minimum, nor the envelope: it stands after rank %(lowest)s.")
    return sentence % {"lowest": lowest}


def _beyond_the_envelope(ranking: Ranking, rank: int, lowest: int) -> str:
    language = get_language() or "fr"
    wanted = sum((row.requested for row in _passing(ranking) if row.rank <= rank), ZERO)
    sentence = _("Down to rank %(rank)s the files ask %(wanted)s, and %(left)s is left.")
    shown = {"wanted": show_amount(wanted, language), "left": show_amount(ranking.ceiling, language)}
    return f"{sentence % {**shown, 'rank': rank}} {_beyond_the_minimum(lowest)}"
