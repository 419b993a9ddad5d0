"""The ranked list of a call with its outcomes: what the board shows and what a proposal freezes. Writes nothing."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.db.models import OuterRef, Subquery

from applications.choices import State
from applications.models import Application, Version
from calls.models import Call
from reviews.choices import Outcome
from reviews.points import Result, results_of, shown

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Ranked:
    """One file of the list: rank, result, what it asks and what it would get, in euro."""

    rank: int
    result: Result
    requested: Decimal
    outcome: Outcome
    amount: Decimal
    is_short_of_money: bool = False

    @property
    def application(self) -> Application:
        """The file."""
        return self.result.application

    @property
    def points(self) -> Decimal:
        """Points as printed."""
        return shown(self.result.total)


@dataclass(frozen=True)
class Ranking:
    """The whole list, best first, with what it costs and what is left of the envelope."""

    call: Call
    rows: list[Ranked]
    ceiling: Decimal

    @property
    def granted(self) -> Decimal:
        """The sum of the awards."""
        return sum((row.amount for row in self.rows), ZERO)

    @property
    def remaining(self) -> Decimal:
        """What the awards leave of the envelope."""
        return self.ceiling - self.granted

    @property
    def last_funded(self) -> Ranked | None:
        """The lowest-ranked file that gets a grant."""
        return next((row for row in reversed(self.rows) if row.outcome == Outcome.AWARDED), None)

    @property
    def first_rejected(self) -> Ranked | None:
        """Where the line of the pass mark is drawn."""
        return next((row for row in self.rows if row.outcome == Outcome.REJECTED), None)

    def ties(self) -> list[tuple[Ranked, Ranked]]:
        """Neighbours that the rules cannot tell apart: the panel must settle them with a written reason."""
        return [(one, other) for one, other in pairwise(self.rows) if one.result.rank_key == other.result.rank_key]


def ranking_of(call: Call) -> Ranking:
    """The reviewed files of the call in their order, funded from the top as far as the envelope goes."""
    last_version = Version.objects.filter(application=OuterRef("pk")).order_by("-number")
    files = (
        call.applications.filter(state__in=[State.REVIEWED, State.PROPOSED])
        .select_related("organisation", "lot__territory")
        # What each file asks in its last version: the one that counts.
        .annotate(requested=Subquery(last_version.values("amount_requested")[:1]))
    )
    left, rows = call.envelope.remaining, []
    for rank, result in enumerate(results_of(call, files), start=1):
        requested: Decimal = result.application.requested  # type: ignore[attr-defined]
        fits = requested <= left
        amount = requested if result.passes and fits else ZERO
        left -= amount
        outcome = Outcome.AWARDED if amount else Outcome.REJECTED
        rows.append(Ranked(rank, result, requested, outcome, amount, result.passes and not fits))
    return Ranking(call, rows, call.envelope.remaining)
