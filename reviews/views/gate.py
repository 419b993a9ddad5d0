"""What a reviewer sees before a file opens: the list of own reviews, and the conflict gate."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, Count, IntegerField, Prefetch, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from calls.choices import CalendarKind
from calls.models import CalendarEntry, Call
from portal.core.dates import long_day
from portal.core.gate import require, visible_or_404
from portal.core.numbered_pages import numbered_page
from reviews import services
from reviews.choices import OPENS_THE_FILE, AssignmentState
from reviews.forms import ConflictForm
from reviews.models import Assignment
from reviews.reading import Reading
from reviews.standing import Standing, standing_of_assignment
from reviews.suggestions import possible_ties

REVIEWS_ON_A_PAGE = 25
TERMS = Prefetch(
    "application__call__calendar", queryset=CalendarEntry.objects.filter(kind=CalendarKind.ASSESSMENT_UNTIL)
)
DONE_LAST = Case(
    When(state=AssignmentState.LOCKED, is_stale=False, then=Value(1)), default=Value(0), output_field=IntegerField()
)


@dataclass(frozen=True)
class Task:
    """One review of the list, and where its next step is."""

    assignment: Assignment
    standing: Standing
    url: str
    step: str
    due: str


@login_required
@require_safe
def my_reviews(request: HttpRequest) -> HttpResponse:
    """The reviewer's own files, those that are still to be done first; never one with a declared conflict."""
    require(request.user, "reviews.see_reviews")
    own = Assignment.objects.of_the_reviewer(request.user)
    rows = (
        own.select_related("application__call", "application__organisation")
        .defer("application__call__contract", "application__call__description")
        .prefetch_related(TERMS)
        .annotate(scored=Count("scores", filter=Q(scores__score__isnull=False)))
        .order_by(DONE_LAST, "assigned_at", "pk")
    )
    page = numbered_page(rows, request, size=REVIEWS_ON_A_PAGE)
    tasks = [_task(row) for row in page.rows]
    first = next((task for task in tasks if _is_to_do(task.assignment)), None)
    return render(request, "reviews/my_reviews.html", {"page": page, "tasks": tasks, "first": first})


@login_required
@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest, pk: int) -> HttpResponse:
    """Names and title only; the file opens with the answer that there is no conflict of interest."""
    assignment = own_assignment(request, pk)
    if assignment.state in OPENS_THE_FILE:
        return redirect("reviews:review", pk)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _declare(request, assignment, form)
    told = Reading(assignment.version).content
    context = {
        "assignment": assignment,
        "form": form,
        "applicant": told["applicant"]["name"],
        "partner": told["project"]["partner_name"],
        "title": told["project"]["title"],
        "typed_in": told["language"],
        "due": due_of(assignment.application.call),
        "possible_ties": possible_ties(assignment.application, [assignment.reviewer]),
        "is_doubt": assignment.state == AssignmentState.DOUBT,
    }
    return render(request, "reviews/gate.html", context, status=422 if form.errors else 200)


def own_assignment(request: HttpRequest, pk: int, *with_parts: Any) -> Assignment:
    """The person's own assignment; after a declared conflict it no longer exists for them."""
    require(request.user, "reviews.see_reviews")
    own = Assignment.objects.of_the_reviewer(request.user)
    rows = own.select_related("application__call", "application__organisation", "version", "reviewer")
    assignment = visible_or_404(rows.prefetch_related(TERMS, *with_parts), request.user, pk=pk)
    # The version reads labels from its call; without this each would be fetched a second time.
    assignment.version.application = assignment.application
    return assignment


def due_of(call: Call) -> str:
    """Until when the call asks for the reviews, in words; nothing when it does not say."""
    entry = next(iter(call.calendar.all()), None)
    if entry is None:
        return ""
    return _("due by %(day)s") % {"day": long_day(entry.on or entry.at, get_language() or "fr")}


def _told_that_it_opens(assignment: Assignment) -> str:
    if assignment.application.is_at_the_door:
        return _("Your declaration is kept. You can now read the file. You score it once it is admitted.")
    return _("Your declaration is kept. You can now read the file and score it.")


_TO_DO = {AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS}


def _is_to_do(assignment: Assignment) -> bool:
    return assignment.state in _TO_DO or assignment.is_stale


def _declare(request: HttpRequest, assignment: Assignment, form: ConflictForm) -> HttpResponse:
    declared = services.declare_conflict(
        assignment_id=assignment.pk,
        by=request.user,
        answer=form.answer,
        note=form.cleaned_data["note"],
        at=request.arrived_at,
    )
    match declared.state:
        case AssignmentState.IN_PROGRESS:
            messages.success(request, _told_that_it_opens(declared))
            return redirect("reviews:review", assignment.pk)
        case AssignmentState.CONFLICT:
            messages.success(
                request, _("Your declaration is kept. The file is closed for you and goes to someone else.")
            )
        case _:
            messages.success(
                request, _("Your question is with the head of unit. The file stays closed until the answer.")
            )
    return redirect("reviews:my_reviews")


def _task(assignment: Any) -> Task:
    page = "reviews:review" if assignment.state in OPENS_THE_FILE else "reviews:gate"
    if assignment.is_stale:
        page = "reviews:confirm"
    steps = {
        AssignmentState.ASSIGNED: _("Declare whether you have a conflict of interest"),
        AssignmentState.DOUBT: _("The head of unit decides; you need do nothing"),
        AssignmentState.LOCKED: _("The file was corrected: do your scores stand?")
        if assignment.is_stale
        else _("Locked; you can read it"),
    }
    if assignment.application.is_at_the_door:
        steps[AssignmentState.IN_PROGRESS] = _("You can read it; you score it once it is admitted")
    scored = ngettext("%(number)s criterion scored", "%(number)s criteria scored", assignment.scored)
    return Task(
        assignment=assignment,
        standing=standing_of_assignment(assignment),
        url=reverse(page, args=[assignment.pk]),
        step=steps.get(assignment.state) or scored % {"number": assignment.scored},
        due=due_of(assignment.application.call) if assignment.state in _TO_DO else "",
    )
