"""Reviewers of a file: who judges it, how far they are, what the locked reviews say; doubts that the head settles."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.choices import State
from applications.models import Application
from calls.models import Criterion
from calls.reading import Words, column_words
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require, visible_or_404
from reviews import services
from reviews.choices import CLOSED_FOR_GOOD, READINGS_OF_A_GAP, AssignmentState
from reviews.forms import AssignForm, DoubtForm
from reviews.models import Assignment, Score
from reviews.points import criterion_points, review_total, shown
from reviews.readiness import BEFORE_THE_LIST, missing_before_reviewed, needs_third_reading
from reviews.reading import Reading
from reviews.standing import standing_of_assignment
from reviews.suggestions import possible_ties
from reviews.views.access import can, file_of_the_desk
from reviews.views.casefile import head_of

PARTS = ("assignments__reviewer", "assignments__scores", "call__criteria")
# From this distance between two scores on, the panel discusses the criterion.
WIDE_GAP = Decimal(2)


@dataclass(frozen=True)
class CriterionRow:
    """One criterion beside every locked review."""

    title: Words
    criterion: Criterion
    scores: list[Score]
    points: Decimal
    gap: Decimal

    @property
    def label(self) -> Words:
        """The words of the drawing."""
        return self.title

    @property
    def values(self) -> list[Decimal]:
        """The scores that were given."""
        return [score.score for score in self.scores if score.score is not None]

    @property
    def is_wide(self) -> bool:
        """To be discussed."""
        return self.gap >= WIDE_GAP


@login_required
@require_safe
def file_reviews(request: HttpRequest, reference: str) -> HttpResponse:
    """Reviewers and locked reviews of the file."""
    return _page(request, file_of_the_desk(request, reference, *PARTS))


@login_required
@require_POST
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """One more reviewer is asked to declare any conflict of interest."""
    application = file_of_the_desk(request, reference, *PARTS)
    require(request.user, "reviews.assign_reviewer", application)
    form = AssignForm(request.POST, reviewers=_candidates(application))
    if not form.is_valid():
        return _page(request, application, form=form, status=422)
    reviewer_id = form.cleaned_data["reviewer"]
    try:
        services.assign_reviewer(application_id=application.pk, reviewer_id=reviewer_id, by=request.user)
    except NotReady as refusal:
        return _page(request, application, form=form, problems=refusal.problems, status=409)
    messages.success(
        request, _("%(name)s is assigned and must first declare any conflict.") % {"name": form.names[reviewer_id]}
    )
    return redirect("reviews:file_reviews", reference)


@login_required
@require_http_methods(["GET", "POST"])
def settle_doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of unit says whether a reviewer's doubt is a conflict of interest."""
    rows = Assignment.objects.select_related("application__call", "application__organisation", "reviewer", "version")
    assignment = visible_or_404(rows, request.user, pk=pk)
    require(request.user, "reviews.settle_doubt", assignment)
    form = DoubtForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.settle_doubt(assignment_id=assignment.pk, by=request.user, may_review=form.may_review)
        messages.success(request, _("The doubt is settled. Your answer stands beside the declaration."))
        return redirect("reviews:file_reviews", assignment.application.reference)
    context = {
        "assignment": assignment,
        "reading": Reading(assignment.version),
        "form": form,
        "possible_ties": possible_ties(assignment.application, [assignment.reviewer]),
        "is_open": assignment.state == AssignmentState.DOUBT,
        "standing": standing_of_assignment(assignment),
    }
    return render(request, "reviews/settle_doubt.html", context)


def _page(
    request: HttpRequest,
    application: Application,
    *,
    form: AssignForm | None = None,
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    assignments = list(application.assignments.all())
    is_assignable = application.state in {State.IN_SCREENING, State.IN_REVIEW}
    may_assign = is_assignable and can(request, "reviews.assign_reviewer", application)
    candidates = list(_candidates(application)) if may_assign else []
    if form is None and may_assign:
        form = AssignForm(reviewers=candidates)
    may_settle = any(can(request, "reviews.settle_doubt", row) for row in assignments[:1])
    context: dict[str, Any] = {
        **head_of(application, "file_reviews"),
        "assignments": [(row, standing_of_assignment(row)) for row in assignments],
        "may_settle": may_settle,
        **_acts(request, application, assignments),
        "form": form,
        "possible_ties": possible_ties(application, candidates) if candidates else [],
        "problems": list(problems),
        "required": application.call.reviews_required,
        **_judgement(request, application, assignments),
    }
    return render(request, "reviews/file_reviews.html", context, status=status)


def _acts(request: HttpRequest, application: Application, assignments: list[Assignment]) -> dict[str, Any]:
    """What this person may undo before the file stands in a list, and what was undone already."""
    if not assignments or application.state not in BEFORE_THE_LIST:
        return {}
    may_reopen = can(request, "reviews.unlock_review", assignments[0])
    found = list(application.reopenings.select_related("reopened_by", "assignment__reviewer"))
    is_open_again = bool(found) and application.state == State.IN_REVIEW
    return {
        "may_reopen": may_reopen,
        "may_recuse": can(request, "reviews.recuse", assignments[0]),
        "reopenings": found,
        "may_complete": may_reopen and is_open_again and not missing_before_reviewed(application),
    }


def _candidates(application: Application) -> Iterable[User]:
    """Reviewers of the unit today who are not assigned to the file yet."""
    appointed = User.objects.appointed(Role.REVIEWER, unit_id=application.call.unit_id, on=timezone.localdate())
    return appointed.exclude(assignments__application=application)


def _judgement(request: HttpRequest, application: Application, assignments: list[Assignment]) -> dict[str, Any]:
    """The locked reviews side by side; nothing for somebody whose own review of the file is not locked yet."""
    locked = [row for row in assignments if row.state == AssignmentState.LOCKED]
    own = [row for row in assignments if row.reviewer_id == request.user.pk]
    if any(row.state != AssignmentState.LOCKED for row in own):
        return {"reviews": [], "is_hidden": bool(locked)}
    criteria = list(application.call.criteria.all())
    return {
        "reviews": [(row, shown(review_total(row, criteria))) for row in locked],
        "criteria": [_criterion_row(criterion, locked) for criterion in criteria],
        "mean": shown(sum((review_total(row, criteria) for row in locked), Fraction(0)) / len(locked))
        if locked
        else None,
        **_third_reading(application, assignments, locked),
    }


def _third_reading(
    application: Application, assignments: list[Assignment], locked: list[Assignment]
) -> dict[str, bool]:
    """Whether the locked reviews call for a third one, and whether somebody is asked for it."""
    is_due = 1 < len(locked) < READINGS_OF_A_GAP and needs_third_reading(application, locked)
    able = [row for row in assignments if row.state not in CLOSED_FOR_GOOD]
    return {"needs_third": is_due, "lacks_third": is_due and len(able) < READINGS_OF_A_GAP}


def _criterion_row(criterion: Criterion, locked: list[Assignment]) -> CriterionRow:
    given = [score for review in locked for score in review.scores.all() if score.criterion_id == criterion.pk]
    values = [score.score for score in given if score.score is not None]
    return CriterionRow(
        title=column_words(criterion, "title", get_language() or "fr"),
        criterion=criterion,
        scores=given,
        points=shown(criterion_points(values, criterion.weight)),
        gap=max(values) - min(values) if values else Decimal(0),
    )
