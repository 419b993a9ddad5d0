"""Points exactly as the rules say (docs/process.md, section 4): whole fractions inside, two places only for display."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from applications.models import Application
from calls.models import Call, Criterion
from reviews.choices import SCORE_MAXIMUM, AssignmentState
from reviews.models import Assignment, Score

CENT = Decimal("0.01")
ZERO = Decimal(0)
MOST = int(SCORE_MAXIMUM)


def shown(points: Fraction) -> Decimal:
    """The points as they are printed: two places, rounded half up."""
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(CENT, ROUND_HALF_UP)


def criterion_points(scores: Iterable[Decimal], weight: int) -> Fraction:
    """Mean of the scores, divided by 5, times the weight; zero without a score."""
    given = list(scores)
    return _points(sum(given, ZERO), len(given) or 1, weight)


def _points(given: Decimal, readings: int, weight: int) -> Fraction:
    """One fraction from whole numbers: a board of a hundred files counts hundreds of these."""
    over, under = (given * weight).as_integer_ratio()
    return Fraction(over, under * MOST * readings)


class CriterionResult(NamedTuple):
    """What the locked reviews give on one criterion: the sum of their scores, and how many they are."""

    criterion: Criterion
    given: Decimal = ZERO
    readings: int = 0

    @property
    def divisor(self) -> int:
        """What a sum is divided by to give a mean; without a review the mean is zero."""
        return self.readings or 1

    @property
    def points(self) -> Fraction:
        """Exact points."""
        return _points(self.given, self.divisor, self.criterion.weight)

    @property
    def mean(self) -> Fraction:
        """Mean score out of 5."""
        return Fraction(self.given) / self.divisor

    @property
    def minimum(self) -> Fraction | None:
        """The criterion's own minimum in points, where it has one: a percentage of its weight."""
        return Fraction(self.criterion.minimum) * self.criterion.weight / 100 if self.criterion.minimum else None

    @property
    def is_below(self) -> bool:
        """Under the criterion's own minimum: the sum of the scores is compared, which needs no division."""
        minimum = self.criterion.minimum
        return bool(minimum) and self.given * 100 < minimum * MOST * self.divisor


@dataclass(frozen=True)
class Result:
    """What the locked reviews of one file give together."""

    application: Application
    criteria: list[CriterionResult]
    pass_mark: Fraction

    @property
    def reviewers_count(self) -> int:
        """How many reviews are locked: each has a score on every criterion."""
        return max((row.readings for row in self.criteria), default=0)

    @cached_property
    def total(self) -> Fraction:
        """Points out of 100, exact: one fraction for all criteria."""
        common = lcm(*(row.divisor for row in self.criteria))
        weighted = (row.given * row.criterion.weight * (common // row.divisor) for row in self.criteria)
        return _points(sum(weighted, ZERO), common, 1)

    @cached_property
    def passes(self) -> bool:
        """Total at or above the pass mark and no criterion below its own minimum."""
        return self.total >= self.pass_mark and not any(row.is_below for row in self.criteria)

    @cached_property
    def rank_key(self) -> tuple[Fraction, ...]:
        """Total descending; ties by the first, then the second criterion. Never the time of submission."""
        first_two = [row.points for row in self.criteria[:2]]
        return (-self.total, *(-points for points in first_two))


def results_of(call: Call, applications: Iterable[Application]) -> list[Result]:
    """The result of each application, in their order, from its locked reviews; two queries whatever their number."""
    criteria, pass_mark = list(call.criteria.all()), Fraction(call.pass_mark)
    files = list(applications)
    scores = _locked_scores(files).order_by().values_list("assignment__application", "criterion")
    found: dict[int, dict[int, tuple[Decimal, int]]] = defaultdict(dict)
    for file, criterion, given, readings in scores.annotate(Sum("score"), Count("score")):
        found[file][criterion] = given, readings
    keyed = [(criterion.pk, criterion) for criterion in criteria]
    return [
        Result(file, [CriterionResult(criterion, *given.get(pk, ())) for pk, criterion in keyed], pass_mark)
        for file, given in ((file, found[file.pk]) for file in files)
    ]


def result_of(application: Application) -> Result:
    """The result of one application."""
    return results_of(application.call, [application])[0]


def reasons_of(application: Application) -> dict[int, list[str]]:
    """What the locked reviews say on each criterion, by its id, in the order in which they were asked for."""
    found: dict[int, list[str]] = {}
    for criterion, reason in _locked_scores([application]).order_by("assignment").values_list("criterion", "reason"):
        found.setdefault(criterion, []).append(reason)
    return found


def review_total(review: Assignment, criteria: Iterable[Criterion]) -> Fraction:
    """The points that one reviewer alone gives."""
    scores = {score.criterion_id: score.score for score in review.scores.all() if score.score is not None}
    given = ((criterion, scores.get(criterion.pk)) for criterion in criteria)
    return sum(
        (criterion_points([score], criterion.weight) for criterion, score in given if score is not None), Fraction(0)
    )


def _locked_scores(files: list[Application]) -> QuerySet[Score]:
    return Score.objects.filter(assignment__application__in=files, assignment__state=AssignmentState.LOCKED)
