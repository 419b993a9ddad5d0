"""Points exactly as the rules say (docs/process.md, section 4): whole fractions inside, two places only for display."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from applications.models import Application
from calls.models import Call, Criterion
from reviews.choices import SCORE_MAXIMUM, AssignmentState
from reviews.models import Assignment, Score

CENT = Decimal("0.01")
COLUMNS = ("assignment__application", "assignment", "criterion", "score", "reason")


class Given(NamedTuple):
    """One score of a locked review."""

    assignment_id: int
    criterion_id: int
    score: Decimal | None
    reason: str


def shown(points: Fraction) -> Decimal:
    """The points as they are printed: two places, rounded half up."""
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(CENT, ROUND_HALF_UP)


def criterion_points(scores: Iterable[Decimal], weight: int) -> Fraction:
    """Mean of the scores, divided by 5, times the weight; zero without a score."""
    given = list(scores)
    if not given:
        return Fraction(0)
    # One fraction from whole numbers: a board of a hundred files counts six hundred of these.
    over, under = (sum(given, Decimal(0)) * weight).as_integer_ratio()
    return Fraction(over, under * int(SCORE_MAXIMUM) * len(given))


@dataclass(frozen=True)
class CriterionResult:
    """What the locked reviews give on one criterion."""

    criterion: Criterion
    scores: list[Decimal]
    reasons: list[str]

    @cached_property
    def points(self) -> Fraction:
        """Exact points."""
        return criterion_points(self.scores, self.criterion.weight)

    @property
    def mean(self) -> Fraction:
        """Mean score out of 5."""
        return sum((Fraction(score) for score in self.scores), Fraction(0)) / max(len(self.scores), 1)

    @property
    def minimum(self) -> Fraction | None:
        """The criterion's own minimum in points, where it has one."""
        share = Fraction(self.criterion.minimum)
        return share * self.criterion.weight / 100 if share else None

    @cached_property
    def is_below(self) -> bool:
        """Under the criterion's own minimum."""
        return self.minimum is not None and self.points < self.minimum


@dataclass(frozen=True)
class Result:
    """What the locked reviews of one file give together."""

    application: Application
    criteria: list[CriterionResult]
    reviewers_count: int
    pass_mark: Fraction

    @cached_property
    def total(self) -> Fraction:
        """Points out of 100, exact."""
        return sum((row.points for row in self.criteria), Fraction(0))

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
    """The result of each application, best first, from its locked reviews; two queries whatever their number."""
    criteria = list(call.criteria.all())
    files = list(applications)
    locked = Score.objects.filter(assignment__application__in=files, assignment__state=AssignmentState.LOCKED)
    by_file: dict[int, list[Given]] = {}
    for file, *given in locked.order_by("assignment", "criterion__code").values_list(*COLUMNS):
        by_file.setdefault(file, []).append(Given(*given))
    found = [_result(call, file, by_file.get(file.pk, []), criteria) for file in files]
    return sorted(found, key=lambda result: (result.rank_key, result.application.number))


def result_of(application: Application) -> Result:
    """The result of one application."""
    return results_of(application.call, [application])[0]


def review_total(review: Assignment, criteria: Iterable[Criterion]) -> Fraction:
    """The points that one reviewer alone gives."""
    scores = {score.criterion_id: score.score for score in review.scores.all() if score.score is not None}
    given = ((criterion, scores.get(criterion.pk)) for criterion in criteria)
    return sum(
        (criterion_points([score], criterion.weight) for criterion, score in given if score is not None), Fraction(0)
    )


def _result(call: Call, file: Application, scores: list[Given], criteria: list[Criterion]) -> Result:
    """A locked review has a score on every criterion, so that the scores tell how many reviews there are."""
    rows = []
    for criterion in criteria:
        given = [row for row in scores if row.criterion_id == criterion.pk]
        numbers = [row.score for row in given if row.score is not None]
        rows.append(CriterionResult(criterion, numbers, [row.reason for row in given]))
    return Result(file, rows, len({row.assignment_id for row in scores}), Fraction(call.pass_mark))
