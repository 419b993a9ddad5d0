"""The board of a call as one list: ranked files, the line where the money ends, the pass mark. Decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application
from calls.models import Call, Lot
from portal.documents.models import Document
from reviews.choices import DECIDED_LISTS, Outcome
from reviews.models import Proposal, ProposalLine
from reviews.ranking import Ranked, Ranking
from reviews.standing import OUTCOME_TAGS, Standing

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class BoardRow:
    """One ranked file, with its amounts in euro; `place` is reserve, out or nothing, as the component draws it."""

    application: Application
    rank: int
    points: Decimal
    requested: Decimal
    amount: Decimal
    running: Decimal
    standing: Standing
    place: str
    conclusion: str = ""
    amount_reason: str = ""
    is_ranked: bool = True
    reserve_order: int | None = None
    reserve_until: date | None = None
    document: Document | None = None

    @property
    def ranked(self) -> int | None:
        """Its rank as it is printed; a file below a minimum has none."""
        return self.rank if self.is_ranked else None

    @property
    def is_withdrawn(self) -> bool:
        """Withdrawn after the list was approved: nothing of it counts, and nobody is told its decision."""
        return self.application.state == State.WITHDRAWN

    @property
    def is_funded(self) -> bool:
        """Gets a grant."""
        return bool(self.amount)

    @property
    def is_partial(self) -> bool:
        """Gets a grant, and less than it asks."""
        return ZERO < self.amount < self.requested


@dataclass(frozen=True)
class LotBalance:
    """What the list gives to one lot, beside the indicative amount of the lot, in euro."""

    lot: Lot
    granted: Decimal


@dataclass(frozen=True)
class Board:
    """The list with its figures; `ceiling` and `remaining` are those of the envelope, in euro."""

    call: Call
    rows: list[BoardRow]
    ceiling: Decimal
    remaining: Decimal

    @cached_property
    def counted(self) -> list[BoardRow]:
        """The files that nobody withdrew since."""
        return [row for row in self.rows if not row.is_withdrawn]

    @cached_property
    def funded(self) -> list[BoardRow]:
        """The files that get a grant."""
        return [row for row in self.rows if row.is_funded]

    @property
    def reasoned(self) -> list[BoardRow]:
        """The files of which the list says why they get none, or less than they ask."""
        return [row for row in self.counted if (row.conclusion and not row.is_funded) or row.amount_reason]

    @property
    def granted(self) -> Decimal:
        """The sum of the grants."""
        return sum((row.amount for row in self.rows), ZERO)

    @property
    def requested(self) -> Decimal:
        """What all files ask together."""
        return sum((row.requested for row in self.counted), ZERO)

    @property
    def committed_before(self) -> Decimal:
        """What the envelope had committed before this list."""
        return self.ceiling - self.remaining - self.granted

    @cached_property
    def cut_after(self) -> int:
        """The rank after which the money ends; 0 when nothing is funded."""
        return max((row.rank for row in self.funded), default=0)

    @cached_property
    def threshold_before(self) -> int:
        """The place of the first file below a minimum; 0 when there is none."""
        return next((row.rank for row in self.rows if not row.is_ranked), 0)

    @property
    def segments(self) -> list[tuple[BoardRow, Decimal]]:
        """Each funded file, and how much of the envelope was given before it: where its piece of the bar begins."""
        starts = accumulate((row.amount for row in self.funded), initial=self.committed_before)
        return list(zip(self.funded, starts, strict=False))

    @property
    def lots(self) -> list[LotBalance]:
        """The lots of the ranked files, in the order of their codes."""
        lots = {row.application.lot_id: row.application.lot for row in self.rows if row.application.lot}
        granted = {pk: sum((row.amount for row in self.rows if row.application.lot_id == pk), ZERO) for pk in lots}
        return sorted((LotBalance(lot, granted[pk]) for pk, lot in lots.items()), key=lambda found: found.lot.code)


def board_of_ranking(ranking: Ranking) -> Board:
    """The list as it would be frozen now."""
    running = accumulate(row.amount for row in ranking.rows)
    rows = [
        BoardRow(
            application=row.application,
            rank=row.rank,
            points=row.points,
            requested=row.requested,
            amount=row.amount,
            running=total,
            standing=_standing_of_ranked(row),
            place=_PLACES[row.outcome],
            is_ranked=row.result.passes,
            reserve_order=row.reserve_order,
            reserve_until=row.reserve_until,
        )
        for row, total in zip(ranking.rows, running, strict=True)
    ]
    return Board(ranking.call, rows, ranking.call.envelope.ceiling, ranking.remaining)


def board_of_proposal(proposal: Proposal, lines: Iterable[ProposalLine]) -> Board:
    """The list as it was frozen; once it is approved its money is part of what the envelope has committed."""
    found = list(lines)
    is_decided = proposal.state in DECIDED_LISTS
    running = accumulate(_granted(line) for line in found)
    rows = [_row_of_line(line, total, is_decided=is_decided) for line, total in zip(found, running, strict=True)]
    unranked = proposal.unranked
    rows = [replace(row, is_ranked=row.application.reference not in unranked) for row in rows]
    envelope = proposal.call.envelope
    granted = sum((row.amount for row in rows), ZERO)
    left = envelope.remaining if is_decided else envelope.remaining - granted
    return Board(proposal.call, rows, envelope.ceiling, left)


def _row_of_line(line: ProposalLine, running: Decimal, *, is_decided: bool) -> BoardRow:
    """A withdrawn file keeps its rank and its points, and has no amount and no place on the reserve list any more."""
    is_withdrawn = line.application.state == State.WITHDRAWN
    return BoardRow(
        application=line.application,
        rank=line.rank,
        points=line.points,
        requested=line.amount_requested,
        amount=_granted(line),
        running=running,
        standing=_standing_of_line(line, is_decided=is_decided),
        place="out" if is_withdrawn else _PLACES[Outcome(line.outcome)],
        conclusion=line.conclusion,
        amount_reason=line.amount_reason,
        reserve_order=None if is_withdrawn else line.reserve_order,
        reserve_until=None if is_withdrawn else line.reserve_until,
        document=line.decision.document if is_decided else None,
    )


def _granted(line: ProposalLine) -> Decimal:
    return ZERO if line.application.state == State.WITHDRAWN else line.amount


_PLACES = {Outcome.AWARDED: "", Outcome.ON_RESERVE: "reserve", Outcome.REJECTED: "out"}


def _standing_of_ranked(row: Ranked) -> Standing:
    if not row.result.passes:
        return Standing(_("Below the minimum"), OUTCOME_TAGS[Outcome.REJECTED])
    return _standing_proposed(row.outcome, row.amount < row.requested, row.reserve_order)


def _standing_of_line(line: ProposalLine, *, is_decided: bool) -> Standing:
    outcome = Outcome(line.outcome)
    if line.application.state == State.WITHDRAWN:
        return Standing(State.WITHDRAWN.label, "")
    if is_decided and outcome != Outcome.ON_RESERVE:
        return Standing(outcome.label, OUTCOME_TAGS[outcome])
    return _standing_proposed(outcome, line.amount < line.amount_requested, line.reserve_order)


def _standing_proposed(outcome: Outcome, is_partial: bool, order: int | None) -> Standing:  # noqa: FBT001 - as it is read
    tag = OUTCOME_TAGS[outcome]
    if outcome == Outcome.AWARDED:
        return Standing(_("Proposed in part") if is_partial else _("Proposed"), tag)
    if outcome == Outcome.ON_RESERVE:
        return Standing(_("Reserve, place %(order)s") % {"order": order}, tag)
    return Standing(_("Rejected"), tag)
