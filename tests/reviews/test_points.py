"""Points exactly as the rules say: means, weights, thresholds and ties, without a rounding on the way."""

from decimal import Decimal
from fractions import Fraction

import pytest

from reviews.points import criterion_points, result_of, shown
from reviews.ranking import ranking_of
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
