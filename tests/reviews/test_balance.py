"""How a list spreads its money over territories and goals: the sums, the order, the words, the figures on the page."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from applications.models import Application
from portal.codelists.models import Goal
from reviews import services
from reviews.balance import balances_of, goals_of
from reviews.board import board_of_ranking
from reviews.ranking import ranking_of
from tests import factories
from tests.reviews.pages import page

pytestmark = pytest.mark.django_db
FILES = ["D-001", "D-002", "D-003", "D-004"]


@pytest.fixture
def rows(closed_call):
    """The live list of four files."""
    factories.reviewed(closed_call, *FILES)
    return _rows(closed_call)


def _rows(call):
    return board_of_ranking(ranking_of(call)).rows


def _balances(rows):
    return balances_of(rows, goals_of(row.application for row in rows), "en")


def by_label(balance):
    return {str(share.label): share for share in balance.shares}


def test_every_euro_of_the_list_lies_in_one_territory(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        goals = goals_of(row.application for row in rows)
    with django_assert_num_queries(0):
        balance = balances_of(rows, goals, "en").territories

    assert sum(share.granted for share in balance.shares) == sum(row.amount for row in rows)
    assert sum(share.requested for share in balance.shares) == sum(row.requested for row in rows)
    assert sum(share.files for share in balance.shares) == len(rows)
    assert not balance.is_overlapping
    kinshasa = [row for row in rows if row.application.lot.code == "L1"]
    share = by_label(balance)["City-Province of Kinshasa"]
    assert (share.files, share.granted) == (len(kinshasa), sum(row.amount for row in kinshasa))
    assert share.refused == share.requested - share.granted


def test_a_project_counts_in_each_of_its_goals_and_the_page_says_so(rows):
    balance = _balances(rows).goals

    named = {goal.code for row in rows for goal in row.application.goals.all()}
    assert [share.code for share in balance.shares] == sorted(named, key=int)
    assert sum(share.files for share in balance.shares) == sum(row.application.goals.count() for row in rows)
    assert balance.is_overlapping
    assert balance.largest == max(share.requested for share in balance.shares)


def test_files_that_name_no_goal_or_no_territory_stand_last_under_their_own_words(closed_call):
    first, *_others = factories.reviewed(closed_call, *FILES)
    first.goals.clear()
    Application.objects.filter(pk=first.pk).update(lot=None)

    with override("en"):
        found = _balances(_rows(closed_call))

    assert str(found.territories.shares[-1].label) == "Without a territory"
    assert str(found.goals.shares[-1].label) == "Without a goal"
    assert found.goals.shares[-1].requested >= Decimal(1)


def test_a_list_of_one_goal_a_file_does_not_overlap(closed_call):
    for file in factories.reviewed(closed_call, *FILES):
        file.goals.set([Goal.objects.get(code="4")])

    assert not _balances(_rows(closed_call)).goals.is_overlapping


def test_an_empty_list_has_no_balance_and_its_page_says_nothing_of_one(olga, closed_call):
    factories.admitted(closed_call, "D-001")

    assert _balances([]).goals.largest == 0
    assert "Balance of the territories" not in olga.get(page("board", closed_call.reference)).text


@pytest.mark.parametrize("make", [factories.reviewed, factories.frozen, factories.approved])
def test_the_board_draws_both_balances_and_says_the_same_figures_in_a_table(olga, closed_call, make):
    make(closed_call, *FILES)

    text = olga.get(page("board", closed_call.reference)).text

    for words in (
        "Balance of the territories",
        "Balance of the sustainable development goals",
        "counts in each of them",
    ):
        assert words in text
    assert text.count("The same figures as a table") == 2
    assert "style=" not in text


@pytest.mark.parametrize("references", [["D-001"], FILES])
def test_a_board_that_came_back_asks_the_database_the_same_number_of_times(
    olga, closed_call, references, django_assert_num_queries
):
    proposal = factories.frozen(closed_call, *references)
    services.return_proposal(proposal_id=proposal.pk, by=factories.person("helene"), reason="Say more.")

    with django_assert_num_queries(11):
        olga.get(page("board", closed_call.reference))
