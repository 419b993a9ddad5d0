"""The arithmetic of a budget: totals, rate and caps, computed by the server from the lines alone. Writes nothing."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from applications.choices import IncomeKind
from applications.models import Application, BudgetLine
from calls.models import BudgetHeading, Call
from calls.structure import structure_of

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def line_amount(quantity: Decimal, unit_cost: Decimal) -> Decimal:
    """Quantity × unit cost, rounded half up to the cent."""
    return (quantity * unit_cost).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class HeadingTotal:
    """The sum of one heading, its share of the direct costs (%), the highest share, and what that is in euro."""

    heading: BudgetHeading
    lines: list[BudgetLine]
    total: Decimal
    share: Decimal
    cap: Decimal | None
    ceiling: Decimal | None

    @property
    def is_too_high(self) -> bool:
        """The heading passes its cap."""
        return self.ceiling is not None and self.total > self.ceiling


@dataclass(frozen=True)
class Budget:
    """Everything that follows from the lines of one application, in euro and in %."""

    headings: list[HeadingTotal]
    income: dict[str, Decimal]
    direct: Decimal
    indirect: Decimal

    @property
    def expenses(self) -> Decimal:
        """Total of all headings."""
        return self.direct + self.indirect

    @property
    def income_total(self) -> Decimal:
        """Total of all sources."""
        return sum(self.income.values(), ZERO)

    @property
    def requested(self) -> Decimal:
        """The grant that is asked for."""
        return self.income.get(IncomeKind.GRANT, ZERO)

    @property
    def rate(self) -> Decimal:
        """The grant as a share of the expenses, in %, for display; limits are compared without rounding."""
        return _share(self.requested, self.expenses)

    @property
    def difference(self) -> Decimal:
        """Expenses minus income: zero in a balanced budget."""
        return self.expenses - self.income_total

    def share_of_income(self, kind: str) -> Decimal:
        """One kind of income as a share of the expenses, in %, for display."""
        return _share(self.income.get(kind, ZERO), self.expenses)

    def is_above_rate(self, maximum: Decimal) -> bool:
        """The grant is more than `maximum` % of the expenses (compared exactly)."""
        return self.requested * HUNDRED > maximum * self.expenses


def budget_of(application: Application) -> Budget:
    """The budget of the application as its lines stand now."""
    income = {line.kind: line.amount for line in application.income_lines.all()}
    return budget_from(application.call, list(application.budget_lines.all()), income)


def budget_from(call: Call, lines: list[BudgetLine], income: dict[str, Decimal]) -> Budget:
    """The budget that these lines and this income make under the headings of the call."""
    headings = structure_of(call).headings
    sums = {
        heading.pk: sum((row.amount for row in lines if row.heading_id == heading.pk), ZERO) for heading in headings
    }
    direct = sum((sums[heading.pk] for heading in headings if heading.is_direct), ZERO)
    indirect = sum((sums[heading.pk] for heading in headings if not heading.is_direct), ZERO)
    totals = [_heading_total(heading, lines, direct=direct, indirect_cap=call.indirect_cap) for heading in headings]
    return Budget(headings=totals, income=income, direct=direct, indirect=indirect)


def _heading_total(
    heading: BudgetHeading, lines: list[BudgetLine], *, direct: Decimal, indirect_cap: Decimal
) -> HeadingTotal:
    own = [line for line in lines if line.heading_id == heading.pk]
    total, cap = sum((line.amount for line in own), ZERO), _cap(heading, indirect_cap)
    return HeadingTotal(
        heading=heading,
        lines=own,
        total=total,
        share=_share(total, direct),
        cap=cap,
        # Down to the cent: half a cent more would already pass the cap.
        ceiling=None if cap is None else (direct * cap / HUNDRED).quantize(CENT, ROUND_DOWN),
    )


def _cap(heading: BudgetHeading, indirect_cap: Decimal) -> Decimal | None:
    if heading.is_direct or heading.cap is not None:
        return heading.cap
    return indirect_cap


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return (part * HUNDRED / whole).quantize(CENT, ROUND_HALF_UP) if whole else ZERO
