"""The ranked list of a call with its outcomes: what the board shows and what a proposal freezes. Writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from applications.choices import State
from applications.models import Application, Version
from calls.models import Call, Lot
from reviews.choices import Outcome
from reviews.points import Result, results_of, shown

ZERO = Decimal("0.00")
JUDGED = [State.REVIEWED, State.PROPOSED]
UNDER_WAY = [State.SUBMITTED, State.IN_SCREENING, State.CORRECTION_REQUESTED, State.IN_REVIEW]
# What a list asks of a file besides what a line about it shows; its events go by the public number.
OF_A_RANK = ("public_id", "starts_on", "duration", "lot")


@dataclass(frozen=True)
class LineChoice:
    """What the officer chooses for one file; without an outcome the list decides, without an amount all is granted.

    `tie_place` is the place that the panel gave among files that the rules cannot tell apart.
    """

    outcome: str = ""
    amount: Decimal | None = None
    amount_reason: str = ""
    reserve_until: date | None = None
    tie_place: int | None = None
    tie_reason: str = ""


UNCHOSEN = LineChoice()
Choices = Mapping[int, LineChoice]


@dataclass(frozen=True)
class Ranked:
    """One file of the list: its place, result, what it asks and what it would get, in euro.

    The place is its rank; files below a minimum have none and stand below the ranked ones.
    """

    rank: int
    result: Result
    requested: Decimal
    outcome: Outcome
    amount: Decimal = ZERO
    amount_reason: str = ""
    reserve_order: int | None = None
    reserve_until: date | None = None
    tie_place: int | None = None
    tie_reason: str = ""

    @property
    def application(self) -> Application:
        """The file."""
        return self.result.application

    @cached_property
    def points(self) -> Decimal:
        """Points as printed."""
        return shown(self.result.total)

    @property
    def is_partial(self) -> bool:
        """Gets a grant, and less than it asks."""
        return self.outcome == Outcome.AWARDED and self.amount < self.requested


@dataclass(frozen=True)
class Ranking:
    """The whole list, best first, with what it costs and what is left of the envelope; and the files not judged yet."""

    call: Call
    rows: list[Ranked]
    ceiling: Decimal
    results: list[Result] = field(default_factory=list)
    under_way: list[Application] = field(default_factory=list)

    @property
    def granted(self) -> Decimal:
        """The sum of the awards."""
        return sum((row.amount for row in self.rows), ZERO)

    @property
    def remaining(self) -> Decimal:
        """What the awards leave of the envelope."""
        return self.ceiling - self.granted

    def ties(self) -> list[list[Ranked]]:
        """Passing files that the rules cannot tell apart: the panel settles their order with a written reason."""
        passing = [row for row in self.rows if row.result.passes]
        groups = [list(rows) for _key, rows in groupby(passing, key=lambda row: row.result.rank_key)]
        return [rows for rows in groups if len(rows) > 1]

    def chosen(self, choices: Choices, *, on: date | None = None) -> "Ranking":
        """The same results with these choices."""
        arranged = _arranged(self.call, self.results, choices, on or timezone.localdate())
        return replace(arranged, under_way=self.under_way)


def ranking_of(call: Call, choices: Choices | None = None, *, on: date | None = None) -> Ranking:
    """The reviewed files of the call in their order, with what is chosen or what the list gives by itself.

    By itself the list gives all that is asked from the top down to the first passing file that the money does not
    reach; that file and the passing ones below wait on the reserve list. A shortfall never becomes a partial award.
    """
    last_version = Version.objects.filter(application=OuterRef("pk")).order_by("-number")
    files = (
        call.applications.filter(state__in=[*JUDGED, *UNDER_WAY])
        .as_lines(*OF_A_RANK)
        # The lots are few, and each has many files.
        .prefetch_related(Prefetch("lot", Lot.objects.select_related("territory")))
        # What each file asks in its last version: the one that counts.
        .annotate(requested=Subquery(last_version.values("amount_requested")[:1]))
    )
    results = results_of(call, [file for file in files if file.state in JUDGED])
    ranking = _arranged(call, results, choices or {}, on or timezone.localdate())
    return replace(ranking, under_way=[file for file in files if file.state in UNDER_WAY])


def last_day_of_the_year(day: date) -> date:
    """Until when a reserve stands unless somebody says otherwise: credits end with the year."""
    return date(day.year, 12, 31)


def _arranged(call: Call, results: Iterable[Result], choices: Choices, on: date) -> Ranking:
    """Reserves are numbered from 1 in the order of the list."""
    ordered = sorted(results, key=lambda result: _place(result, choices))
    left, is_exhausted, reserves, rows = call.envelope.remaining, False, 0, list[Ranked]()
    for rank, result in enumerate(ordered, start=1):
        requested: Decimal = result.application.requested  # type: ignore[attr-defined]
        is_exhausted = is_exhausted or (result.passes and requested > left)
        by_itself = Outcome.REJECTED if not result.passes else Outcome.ON_RESERVE if is_exhausted else Outcome.AWARDED
        choice = choices.get(result.application.pk, UNCHOSEN)
        outcome = Outcome(choice.outcome or by_itself)
        reserves += outcome == Outcome.ON_RESERVE
        row = Ranked(rank, result, requested, outcome, **_given(outcome, choice, requested, reserves, on))
        left -= row.amount
        rows.append(row)
    return Ranking(call, rows, call.envelope.remaining, ordered)


def _place(result: Result, choices: Choices) -> tuple[object, ...]:
    """Files below a minimum stand under the ranked ones. By points; then by the place that the panel gave; then by
    number, which only keeps the page still.
    """
    choice = choices.get(result.application.pk, UNCHOSEN)
    unsettled = choice.tie_place is None
    return (not result.passes, *result.rank_key, unsettled, choice.tie_place or 0, result.application.number)


def _given(outcome: Outcome, choice: LineChoice, requested: Decimal, reserves: int, on: date) -> dict[str, Any]:
    """What the choice gives; `reserves`: how many files wait on the reserve list down to this one, itself included."""
    given: dict[str, Any] = {"tie_place": choice.tie_place, "tie_reason": choice.tie_reason.strip()}
    if outcome == Outcome.AWARDED:
        amount = requested if choice.amount is None else choice.amount
        given |= {"amount": amount, "amount_reason": choice.amount_reason.strip() if amount < requested else ""}
    elif outcome == Outcome.ON_RESERVE:
        given |= {"reserve_order": reserves, "reserve_until": choice.reserve_until or last_day_of_the_year(on)}
    return given
