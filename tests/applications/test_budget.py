"""The arithmetic of a budget and the sentences about what breaks it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.budget import budget_of, line_amount
from applications.readiness import broken_budget_rules
from applications.services import LineInput, save_budget
from tests import factories

amounts = st.decimals(min_value=0, max_value=100_000, places=2)


@given(quantity=amounts, unit_cost=amounts)
def test_a_line_is_rounded_half_up_to_the_cent_and_never_off_by_more_than_half_a_cent(quantity, unit_cost):
    amount = line_amount(quantity, unit_cost)

    assert amount == amount.quantize(Decimal("0.01"))
    assert abs(amount - quantity * unit_cost) <= Decimal("0.005")


def test_three_times_33_33_is_99_99_and_not_100():
    assert line_amount(Decimal(3), Decimal("33.33")) == Decimal("99.99")


def set_budget(draft, costs, income):
    headings = {heading.code: heading for heading in draft.call.headings.all()}
    lines = [LineInput(headings[code], "Poste", Decimal(1), Decimal(cost)) for code, cost in costs.items()]
    save_budget(
        application_id=draft.pk,
        by=factories.person("amina"),
        lines=lines,
        income={kind: Decimal(amount) for kind, amount in income.items()},
        at=draft.call.closes_at.replace(hour=0) - factories.timedelta(days=1),
    )
    return factories.fetch(draft)


@pytest.mark.django_db
def test_the_demo_budget_adds_up(draft):
    budget = budget_of(draft)

    assert (budget.direct, budget.indirect, budget.expenses) == (126000, 8820, 134820)
    assert budget.requested == 121000
    assert budget.rate == Decimal("89.75")
    assert budget.difference == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("costs", "income", "code"),
    [
        ({"1": "20000", "8": "1400.01"}, {"grant_requested": "19000", "own_contribution": "2400.01"}, "cap"),
        # 7 % of EUR 20,000.10 is EUR 1,400.007: one cent more than 1,400.00 is too much.
        ({"1": "20000.10", "8": "1400.01"}, {"grant_requested": "19000", "own_contribution": "2400.11"}, "cap"),
        ({"1": "14000", "3": "6000.01"}, {"grant_requested": "18000", "own_contribution": "2000.01"}, "cap"),
        ({"1": "20000"}, {"grant_requested": "18000"}, "balance"),
        ({"1": "10000"}, {"grant_requested": "9000", "own_contribution": "1000"}, "amount"),
        ({"1": "200000"}, {"grant_requested": "125000.01", "own_contribution": "74999.99"}, "amount"),
        ({"1": "20000"}, {"grant_requested": "18000.01", "own_contribution": "1999.99"}, "rate"),
    ],
)
def test_a_budget_that_breaks_one_rule_is_told_which(draft, costs, income, code):
    changed = set_budget(draft, costs, income)

    assert [problem.code for problem in broken_budget_rules(changed)] == [code]


@pytest.mark.django_db
def test_a_budget_at_every_limit_is_in_order(draft):
    changed = set_budget(
        draft, {"1": "14000", "3": "6000", "8": "1400"}, {"grant_requested": "19260", "own_contribution": "2140"}
    )

    assert list(broken_budget_rules(changed)) == []
