"""How far the reviews of files are, in numbers that one query brings along. What is missing is said in readiness."""

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from applications.models import Application
from reviews.choices import CLOSED_FOR_GOOD, GAP_FOR_THIRD_READING, READINGS_OF_A_GAP, SCORE_MAXIMUM, AssignmentState
from reviews.models import Assignment, Score


def with_readers(files: QuerySet[Application]) -> QuerySet[Application]:
    """Each file with its reviewers without a conflict, and whether two locked reviews lie far apart."""
    readers = Assignment.objects.filter(application=OuterRef("pk")).exclude(state__in=CLOSED_FOR_GOOD)
    return files.annotate(assigned=_number(readers), has_gap=_has_gap())


def with_progress(files: QuerySet[Application]) -> QuerySet[Application]:
    """The same, with the number of locked reviews."""
    locked = Assignment.objects.filter(application=OuterRef("pk"), state=AssignmentState.LOCKED)
    return with_readers(files).annotate(locked=_number(locked))


def lacks_third_reading(*, assigned: int, required: int, has_gap: bool) -> bool:
    """The reviewers that the call asks for are there, two of them lie far apart, and nobody is asked to read again."""
    return has_gap and required <= assigned < READINGS_OF_A_GAP


def _number(rows: QuerySet[Assignment]) -> Coalesce:
    counted = rows.order_by().values("application").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _has_gap() -> Exists:
    """Each locked review against each other one: the difference of their totals, criterion by criterion."""
    pairs = Score.objects.filter(
        assignment__application=OuterRef("pk"),
        assignment__state=AssignmentState.LOCKED,
        criterion__scores__assignment__application=OuterRef("pk"),
        criterion__scores__assignment__state=AssignmentState.LOCKED,
    )
    apart = Sum((F("score") - F("criterion__scores__score")) * F("criterion__weight"))
    apart_by_pair = pairs.order_by().values("assignment", "criterion__scores__assignment").annotate(apart=apart)
    return Exists(apart_by_pair.filter(apart__gt=GAP_FOR_THIRD_READING * SCORE_MAXIMUM))
