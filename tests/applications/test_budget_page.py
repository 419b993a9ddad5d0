"""The page of the budget: amounts as people type them, arithmetic and caps by the server, nothing typed lost."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.budget import budget_of
from applications.choices import IncomeKind
from tests import factories
from tests.applications.addresses import HTMX, page

pytestmark = pytest.mark.django_db

FIELDS = ("description", "quantity", "unit_cost")


@pytest.fixture
def empty(open_call):
    """A draft in which nothing stands yet."""
    return factories.empty_draft(open_call)


def typed(application, lines, income=None):
    """The form as a browser sends it: `lines` are (heading, description, quantity, unit cost)."""
    headings = {heading.code: heading.pk for heading in application.call.headings.all()}
    form = {f"income_{kind}": (income or {}).get(kind, "") for kind in IncomeKind}
    for place, (heading, *values) in enumerate(lines):
        for name, value in zip(FIELDS, values, strict=True):
            form[f"line-{headings[heading]}-{place}-{name}"] = value
    return form


def lines_of(application):
    return [
        (line.heading.code, line.description, line.quantity, line.unit_cost) for line in application.budget_lines.all()
    ]


GOOD = [("1", "Staff", "10", "1 000,00"), ("8", "Indirect", "", "700")]
INCOME = {IncomeKind.GRANT: "9 630", IncomeKind.OWN: "1 070"}


def test_lines_and_income_are_saved_and_their_amounts_computed(amina, draft):
    response = amina.post(page("budget", draft), typed(draft, GOOD, INCOME))

    assert response.url == page("task_list", draft)
    budget = budget_of(factories.fetch(draft))
    assert (budget.direct, budget.indirect, budget.expenses, budget.difference) == (10000, 700, 10700, 0)
    assert [line.amount for line in draft.budget_lines.all()] == [Decimal("10000.00"), Decimal("700.00")]


def test_an_empty_quantity_counts_as_one_and_an_empty_line_as_nothing(amina, empty):
    amina.post(page("budget", empty), typed(empty, [("1", "Car", "", "500"), ("2", "", "3", ""), ("3", " ", "", " ")]))

    assert lines_of(empty) == [("1", "Car", Decimal(1), Decimal(500))]


@pytest.mark.parametrize(
    ("cost", "amount"),
    [
        ("12,5", "12.50"),
        ("12.5", "12.50"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("€ 1 000", "1000.00"),
        ("1000 €", "1000.00"),
        ("-0", "0.00"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_amounts_are_read_alike_in_every_language(amina, empty, cost, amount, language):
    amina.post(page("budget", empty, language=language), typed(empty, [("1", "Line", "1", cost)]))

    assert lines_of(empty) == [("1", "Line", Decimal(1), Decimal(amount))]


@pytest.mark.parametrize(
    "cost",
    [
        *("NaN", "sNaN", "Infinity", "1e5", "1E+1000000", "1_000", "٣٤", "１２", "1.234", "1,234", "-0.01", "0.001"),
        *("12,345,6", "douze", "9" * 5000, "99999999999", "<b>1</b>", "1\x00"),
    ],
)
def test_an_amount_that_cannot_be_read_stays_on_the_page_and_nothing_is_saved(amina, empty, cost):
    response = amina.post(page("budget", empty), typed(empty, [("1", "Kept description", "2", cost)], INCOME))

    assert response.status_code == 422
    assert "Nothing was saved" in response.text
    assert 'value="Kept description"' in response.text
    assert escaped(cost) in response.text
    assert 'value="9 630"' in response.text
    assert lines_of(empty) == []


def escaped(text):
    return text.replace("<", "&lt;").replace(">", "&gt;")


def test_an_amount_with_two_readings_is_told_with_both(amina, empty):
    text = amina.post(page("budget", empty), typed(empty, [("1", "Line", "1", "1.234")])).text

    assert "“1.234” has two readings: €1,234.00 or €1.234." in text


@pytest.mark.parametrize("quantity", ["NaN", "1.234", "1e3", "beaucoup", "-1", "0,001", "100000000"])
def test_a_quantity_that_cannot_be_read_has_its_own_sentence(amina, empty, quantity):
    response = amina.post(page("budget", empty), typed(empty, [("1", "Line", quantity, "10")]))

    assert response.status_code == 422
    assert f'value="{quantity}"' in response.text
    assert "quantity" in response.text


def test_a_product_larger_than_the_column_is_refused_and_not_cut(amina, empty):
    response = amina.post(page("budget", empty), typed(empty, [("1", "Line", "99999999", "9999999999,99")]))

    assert response.status_code == 422
    assert "This amount is larger than the portal can hold." in response.text


def test_a_description_that_is_too_long_is_shown_back_whole(amina, empty):
    long = "d" * 201

    response = amina.post(page("budget", empty), typed(empty, [("1", long, "1", "10")]))

    assert response.status_code == 422
    assert "Shorten the description to 200 characters." in response.text
    assert long in response.text


def test_income_that_cannot_be_read_is_told_beside_its_row(amina, empty):
    response = amina.post(page("budget", empty), typed(empty, GOOD, {IncomeKind.GRANT: "1.234"}))

    assert response.status_code == 422
    assert 'href="#id_income_grant_requested"' in response.text
    assert "Grant requested: “1.234” has two readings" in response.text


def test_a_cap_that_is_passed_is_told_beside_its_heading_with_both_numbers(amina, draft):
    lines = [("1", "Staff", "1", "10000"), ("3", "Machines", "1", "6000")]

    text = amina.post(page("budget", draft), typed(draft, lines), follow=True).text
    text = amina.get(page("budget", draft)).text

    sentence = "Bring “Equipment and investments” down to €4,800 or less; it stands at €6,000."
    assert text.count(sentence) == 2
    assert f'href="{page("budget", draft)}#heading-3"' in text
    assert "37.5 % of the direct costs – at most 30 %" in text


@pytest.mark.parametrize(
    ("lines", "income", "sentence"),
    [
        (GOOD, {"grant_requested": "9 630,01", "own_contribution": "1 069,99"}, "Ask for between €10,000 and €125,000"),
        (GOOD, {"grant_requested": "9 630"}, "expenses are €10,700, income is €9,630."),
        (
            [("1", "Staff", "1", "20 000")],
            {"grant_requested": "18 000,01", "own_contribution": "1 999,99"},
            "at most 90 % of the expenses, that is €18,000; you ask for €18,000.01.",
        ),
        (
            [("1", "Staff", "1", "200 000")],
            {"grant_requested": "125 000,01", "own_contribution": "74 999,99"},
            "Ask for between €10,000 and €125,000; you ask for €125,000.01.",
        ),
        ([("1", "S", "1", "100")], {"grant_requested": "0", "own_contribution": "100,01"}, "income is €100.01."),
    ],
)
def test_a_budget_that_breaks_a_rule_is_saved_and_told_both_numbers(amina, draft, lines, income, sentence):
    response = amina.post(page("budget", draft), typed(draft, lines, income) | {"stay": "1"}, follow=True)

    assert response.status_code == 200
    assert sentence in response.text
    assert len(lines_of(draft)) == len(lines)


def test_totals_that_a_browser_sends_are_ignored(amina, empty):
    forged = {"total": "1", "line-1-0-amount": "1", "total-expenses": "1", "income_total": "999999"}

    amina.post(page("budget", empty), typed(empty, GOOD, INCOME) | forged)

    assert budget_of(factories.fetch(empty)).expenses == 10700


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    costs=st.lists(
        st.tuples(
            st.decimals(min_value=0, max_value=999, places=2), st.decimals(min_value=0, max_value=99_999, places=2)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_typed_is_what_is_saved_and_the_total_is_the_sum_of_its_lines(amina, empty, costs):
    lines = [("1", f"Line {place}", as_typed(quantity), as_typed(cost)) for place, (quantity, cost) in enumerate(costs)]

    amina.post(page("budget", empty), typed(empty, lines))

    saved = list(empty.budget_lines.all())
    assert [(line.quantity, line.unit_cost) for line in saved] == costs
    assert budget_of(factories.fetch(empty)).expenses == sum(line.amount for line in saved)


def as_typed(number):
    return str(number).replace(".", ",")


def test_three_times_33_33_is_shown_as_99_99(amina, empty):
    response = amina.post(page("budget", empty), typed(empty, [("1", "Line", "3", "33,33")]), **HTMX)

    assert "€99.99" in response.text


def test_the_page_that_is_open_gets_figures_and_sentences_but_no_field_that_somebody_types_in(amina, empty):
    response = amina.post(page("budget", empty), typed(empty, GOOD, INCOME), **HTMX)

    assert response.status_code == 200
    assert 'id="budget-totals"' in response.text
    assert "€10,700.00" in response.text
    assert "Saved at" in response.text
    assert "<input" not in response.text
    assert lines_of(empty)[0] == ("1", "Staff", Decimal(10), Decimal(1000))


def test_while_an_amount_cannot_be_read_the_open_page_says_not_saved(amina, empty):
    response = amina.post(page("budget", empty), typed(empty, [("1", "Line", "1", "1.234")]), **HTMX)

    assert response.status_code == 422
    assert "gp-stamp--wait" in response.text
    assert "has two readings" in response.text
    assert "as last saved" in response.text


def test_a_line_is_added_without_javascript_and_everything_typed_is_saved(amina, empty):
    response = amina.post(page("budget", empty), typed(empty, GOOD, INCOME) | {"add": "1"})

    heading = empty.call.headings.get(code="1").pk
    assert response.url == f"{page('budget', empty)}?add=1#id_line-{heading}-1-description"
    text = amina.get(response.url).text
    assert f'name="line-{heading}-0-description"' in text
    assert f'name="line-{heading}-1-description"' in text
    assert len(lines_of(empty)) == 2


def test_a_line_is_removed_by_its_button_and_the_others_stay(amina, empty):
    heading = empty.call.headings.get(code="1").pk
    form = typed(empty, [("1", "Goes", "1", "10"), ("1", "Stays", "1", "20")])

    response = amina.post(page("budget", empty), form | {"remove": f"line-{heading}-0"})

    assert response.url == page("budget", empty)
    assert lines_of(empty) == [("1", "Stays", Decimal(1), Decimal(20))]


def test_a_button_that_only_has_the_focus_while_the_page_saves_itself_removes_nothing(amina, empty):
    heading = empty.call.headings.get(code="1").pk
    form = typed(empty, [("1", "Stays", "1", "10")])

    amina.post(page("budget", empty), form | {"remove": f"line-{heading}-0"}, **HTMX)

    assert lines_of(empty) == [("1", "Stays", Decimal(1), Decimal(10))]


def test_an_empty_budget_is_not_scolded(amina, open_call):
    text = amina.get(page("budget", factories.empty_draft(open_call))).text

    assert "gp-errors" not in text
    assert "gp-error" not in text


def test_at_the_deadline_the_budget_is_refused_and_stays_on_the_page(amina, draft, at):
    before = lines_of(draft)
    at(draft.call.closes_at)
    amina.force_login(amina.user)

    response = amina.post(page("budget", draft), typed(draft, [("1", "Too late, not lost", "1", "10")]))

    assert response.status_code == 409
    assert "Your draft is kept." in response.text
    assert 'value="Too late, not lost"' in response.text
    assert lines_of(draft) == before


def test_chloe_changes_nothing_in_aminas_budget(chloe, draft):
    before = lines_of(draft)

    assert chloe.post(page("budget", draft), typed(draft, GOOD)).status_code == 404
    assert lines_of(draft) == before


def test_a_budget_with_many_lines_asks_the_database_the_same_number_of_times(amina, empty, django_assert_num_queries):
    for number in (1, 30):
        amina.post(page("budget", empty), typed(empty, [("1", f"Line {place}", "1", "10") for place in range(number)]))
        with django_assert_num_queries(6):
            amina.get(page("budget", empty))


def test_a_problem_is_a_link_to_its_place(amina, empty):
    text = amina.post(page("budget", empty), typed(empty, [("1", "Line", "1", "x")])).text
    heading = empty.call.headings.get(code="1").pk

    assert f'href="#id_line-{heading}-0-unit_cost"' in text
    assert f'id="id_line-{heading}-0-unit_cost"' in text
