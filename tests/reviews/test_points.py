"""Points exactly as the rules say: means, weights, thresholds and ties, without a rounding on the way."""

from copy import deepcopy
from decimal import Decimal
from fractions import Fraction

import pytest

from calls.models import Criterion
from portal.demo import judging
from reviews.choices import ConflictAnswer
from reviews.points import CriterionResult, Result, criterion_points, result_of, shown
from reviews.ranking import ranking_of
from reviews.readiness import needs_third_reading
from reviews.services import assign_reviewer, declare_conflict
from tests import factories


@pytest.mark.parametrize(
    ("scores", "weight", "points"),
    [
        (["4.5", "4.5"], 25, "22.50"),
        (["0", "5"], 20, "10.00"),
        (["3", "3.5", "4"], 15, "10.50"),
        (["0", "0.5", "0.5"], 25, "1.67"),
        ([], 25, "0.00"),
    ],
)
def test_points_are_the_mean_divided_by_five_times_the_weight(scores, weight, points):
    assert shown(criterion_points([Decimal(score) for score in scores], weight)) == Decimal(points)


def test_three_thirds_make_exactly_the_whole():
    third = criterion_points([Decimal(0), Decimal(0), Decimal(5)], 60)

    assert third * 3 == Fraction(60)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reference", "total", "passes"), [("D-001", "86.00", True), ("D-004", "50.50", False), ("D-007", "69.50", True)]
)
def test_the_demo_files_get_the_points_that_the_data_expect(closed_call, reference, total, passes):
    (application,) = factories.reviewed(closed_call, reference)

    result = result_of(application)

    assert shown(result.total) == Decimal(total)
    assert result.passes is passes


@pytest.mark.django_db
def test_a_file_below_the_minimum_of_one_criterion_names_it(closed_call):
    (application,) = factories.reviewed(closed_call, "D-004")

    below = [row.criterion.code for row in result_of(application).criteria if row.is_below]

    assert below == ["C2"]


@pytest.mark.django_db
def test_the_list_is_ranked_and_funded_from_the_top(closed_call):
    factories.reviewed(closed_call, "D-004", "D-003", "D-001", "D-002")

    ranking = ranking_of(factories.fetch(closed_call))

    assert [row.application.number for row in ranking.rows] == [3, 4, 2, 1]
    assert ranking.granted == 264000
    assert ranking.remaining == 36000
    assert not ranking.ties()


# The rule of passing, without any row: weights 50, 20 and 30; C1 needs half of its points, C2 too, C3 nothing.
CRITERIA = [
    Criterion(code="C1", weight=50, minimum=50),
    Criterion(code="C2", weight=20, minimum=50),
    Criterion(code="C3", weight=30, minimum=0),
]


def judged(*scores):
    """The result of these scores by one reviewer, on C1, C2 and C3, with a pass mark of 60."""
    rows = [CriterionResult(criterion, Decimal(score), 1) for criterion, score in zip(CRITERIA, scores, strict=True)]
    return Result(None, rows, Fraction(60))


@pytest.mark.parametrize(
    ("scores", "total", "below", "passes"),
    [
        (["3", "3", "3"], "60.00", [], True),  # exactly the pass mark
        (["3", "2.5", "3"], "58.00", [], False),  # the total alone is too low
        (["5", "2", "5"], "88.00", ["C2"], False),  # one minimum alone is missed
        (["2.5", "5", "5"], "75.00", [], True),  # exactly at the minimum of C1
        (["5", "2.5", "5"], "90.00", [], True),  # exactly at the minimum of C2
        (["2", "5", "5"], "70.00", ["C1"], False),
        (["5", "5", "0"], "70.00", [], True),  # a criterion without a minimum holds nobody back
    ],
)
def test_a_file_passes_at_the_pass_mark_and_at_each_minimum_and_not_below_either(scores, total, below, passes):
    result = judged(*scores)

    assert shown(result.total) == Decimal(total)
    assert [row.criterion.code for row in result.criteria if row.is_below] == below
    assert result.passes is passes


def test_the_total_is_exact_where_the_criteria_were_read_by_two_and_by_three():
    two = CriterionResult(CRITERIA[0], Decimal("7.5"), 2)
    three = CriterionResult(CRITERIA[1], Decimal(10), 3)

    assert Result(None, [two, three], Fraction(60)).total == two.points + three.points == Fraction(305, 6)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (["4", "5", "2"], ["4", "2", "4"]),  # the same total and C1: C2 decides
        (["5", "2.5", "3"], ["4", "5", "3"]),  # the same total: C1 decides
        (["3", "3", "3.5"], ["3", "3", "3"]),  # the total decides before anything else
    ],
)
def test_equal_totals_are_told_apart_by_the_first_criterion_then_by_the_second(better, worse):
    assert judged(*better).rank_key < judged(*worse).rank_key
    if better[:2] != worse[:2]:
        assert judged(*better).total == judged(*worse).total


@pytest.mark.django_db
def test_a_file_below_a_minimum_stands_under_every_ranked_one_whatever_its_total(closed_call):
    files = factories.admitted(closed_call, "D-001", "D-003")
    failing, passing = deepcopy(factories.story("D-001")), factories.story("D-003")
    for said in failing["reviews"].values():
        said["C2"]["score"] = 2
    for file, story in zip(files, (failing, passing), strict=True):
        judging.review(file, story, at=closed_call.closes_at)

    first, second = ranking_of(factories.fetch(closed_call)).rows

    assert second.points > first.points
    assert (first.result.passes, second.result.passes) == (True, False)


@pytest.mark.django_db
def test_reviewers_exactly_twenty_points_apart_need_no_third_reading_and_half_a_point_more_does(closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    codes = list(closed_call.criteria.values_list("code", flat=True))
    high, low = (_asked(file, name) for name in ("rachid", "sofie"))

    def apart(**scores):
        """Whether a third reading is due when Rachid gives 5 on everything and Sofie these scores."""
        for review, given in ((high, {}), (low, scores)):
            said = {code: {"score": given.get(code, 5), "reason": "x" * 100} for code in codes}
            judging.score_all(review, said)
        return needs_third_reading(file, [high, low])

    # C1 weighs 25 and C2 20: half a score is 2.5 points of the one, 2 of the other.
    assert apart(C2=0) is False
    assert apart(C1=2.5, C2=3) is True


def _asked(file, name):
    made = assign_reviewer(application_id=file.pk, reviewer_id=factories.person(name).pk, by=factories.person("olga"))
    return declare_conflict(assignment_id=made.pk, by=made.reviewer, answer=ConflictAnswer.NONE)
