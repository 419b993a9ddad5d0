"""The review itself: the application beside the scores, saved as often as the reviewer likes, locked once."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from calls.models import Criterion
from calls.reading import Words, column_words
from portal.core.exceptions import NotReady, Problem
from reviews import services
from reviews.choices import OPENS_THE_FILE, REASON_MINIMUM, AssignmentState
from reviews.forms import ScoresForm
from reviews.models import Assignment, Score
from reviews.points import criterion_points, shown
from reviews.readiness import closed_to_scores, missing_before_lock
from reviews.reading import Reading
from reviews.standing import standing_of_assignment
from reviews.views.gate import due_of, own_assignment

PARTS = ("scores", "application__call__criteria")


@dataclass(frozen=True)
class ScoreRow:
    """One criterion of the form: the call's words, what was given so far, and the points that follow."""

    criterion: Criterion
    title: Words
    guidance: Words
    score: Decimal | None
    reason: str

    @property
    def points(self) -> Decimal | None:
        """Points of this reviewer alone."""
        return None if self.score is None else shown(criterion_points([self.score], self.criterion.weight))

    @property
    def minimum(self) -> Decimal | None:
        """The criterion's own minimum in points, where it has one."""
        share = Fraction(self.criterion.minimum)
        return shown(share * self.criterion.weight / 100) if share else None

    @property
    def length(self) -> int:
        """Characters of the reason so far."""
        return len(self.reason.strip())

    @property
    def is_long_enough(self) -> bool:
        """The reason has the required length."""
        return self.length >= REASON_MINIMUM


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and score; each save keeps what differs and shows the points at once."""
    assignment = own_assignment(request, pk, *PARTS)
    if assignment.state not in OPENS_THE_FILE:
        return redirect("reviews:gate", pk)
    form = _form(assignment, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _save(request, assignment, form)
    context = {
        **_state_of(assignment, form),
        "reading": Reading(assignment.version),
        "form": form,
        "standing": standing_of_assignment(assignment),
        "due": due_of(assignment.application.call),
    }
    template = "reviews/scores_saved.html" if request.htmx else "reviews/review.html"
    return render(request, template, context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which a review is locked for good."""
    assignment = own_assignment(request, pk, *PARTS)
    if assignment.state not in OPENS_THE_FILE:
        return redirect("reviews:gate", pk)
    if assignment.state == AssignmentState.LOCKED:
        return redirect("reviews:review", pk)
    problems, status = closed_to_scores(assignment.application) or missing_before_lock(assignment), 200
    if request.method == "POST":
        try:
            services.lock_review(assignment_id=assignment.pk, by=request.user, at=request.arrived_at)
        except NotReady as refusal:
            problems, status = refusal.problems, 409
        else:
            messages.success(request, _("Your review is locked. Thank you."))
            return redirect("reviews:review", pk)
    page = reverse("reviews:review", args=[pk])
    linked = [Problem(one.code, one.message, f"{page}{one.anchor}" if one.anchor else "") for one in problems]
    context = {**_state_of(assignment, _form(assignment, None)), "problems": linked}
    return render(request, "reviews/lock.html", context, status=status)


def _form(assignment: Assignment, typed: Any) -> ScoresForm:
    criteria = assignment.application.call.criteria.all()
    return ScoresForm(typed, criteria=criteria, scores={score.criterion_id: score for score in assignment.scores.all()})


def _save(request: HttpRequest, assignment: Assignment, form: ScoresForm) -> HttpResponse:
    for criterion, score, reason in form.changes():
        services.save_score(
            assignment_id=assignment.pk, criterion=criterion, by=request.user, score=score, reason=reason
        )
    if request.htmx:
        context = {**_state_of(assignment, form), "saved_at": request.arrived_at}
        return render(request, "reviews/scores_saved.html", context)
    if "lock" in request.POST:
        return redirect("reviews:lock", assignment.pk)
    messages.success(request, _("Your scores and reasons are saved. Nobody else sees them before you lock them."))
    return redirect("reviews:review", assignment.pk)


def _state_of(assignment: Assignment, form: ScoresForm) -> dict[str, Any]:
    rows = [_row(criterion, form) for criterion in form.criteria]
    scored = [row for row in rows if row.score is not None]
    total = sum((criterion_points([row.score], row.criterion.weight) for row in scored), Fraction(0))  # type: ignore[list-item]
    return {
        "assignment": assignment,
        "application": assignment.application,
        "rows": rows,
        "is_locked": assignment.state == AssignmentState.LOCKED,
        "scored": len(scored),
        "total": shown(total),
        "reachable": sum(row.criterion.weight for row in scored),
        "whole": sum(row.criterion.weight for row in rows),
        "pass_mark": assignment.application.call.pass_mark,
        "least": REASON_MINIMUM,
    }


def _row(criterion: Criterion, form: ScoresForm) -> ScoreRow:
    language = get_language() or "fr"
    kept: Score | None = form.scores.get(criterion.pk)
    score, reason = (kept.score, kept.reason) if kept else (None, "")
    if form.is_bound:
        score, reason = _typed(form, criterion, score)
    return ScoreRow(
        criterion=criterion,
        title=column_words(criterion, "title", language),
        guidance=column_words(criterion, "guidance", language),
        score=score,
        reason=reason,
    )


def _typed(form: ScoresForm, criterion: Criterion, kept: Decimal | None) -> tuple[Decimal | None, str]:
    """What was just sent; a score that is none of the eleven falls back on the one that is kept."""
    form.is_valid()
    score = form.cleaned_data.get(f"score_{criterion.code}", kept)
    return score, str(form[f"reason_{criterion.code}"].value() or "")
