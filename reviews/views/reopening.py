"""Acts that undo a review in the open: recusal, unlocking, opening a reviewed file again. Each asks for a reason."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.models import Application
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require, visible_or_404
from reviews import services
from reviews.forms import ReasonForm
from reviews.models import Assignment
from reviews.views.access import file_of_the_desk

Act = Callable[[str], Any]


@login_required
@require_http_methods(["GET", "POST"])
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """A conflict of interest was found after the declaration: the review no longer counts."""
    assignment = _assignment(request, pk)
    require(request.user, "reviews.recuse", assignment)
    is_own = assignment.reviewer_id == request.user.pk
    application = assignment.application
    way_out = reverse("reviews:review", args=[pk]) if is_own else _reviews_of(application)
    words = {
        "title": _("Recuse myself") if is_own else _("Recuse the reviewer"),
        "about": assignment.reviewer.name,
        "consequences": [
            _("The scores of this review no longer count; the reason stands beside it for all who read the file."),
            _("The file is closed to the reviewer for good."),
            _("The file needs another review before it can be ranked."),
        ],
        "way_out": way_out,
        "is_own": is_own,
    }
    done = _("The review no longer counts. The reason stands beside it.")
    after = reverse("reviews:my_reviews") if is_own else way_out
    act = _act(services.recuse, request, assignment_id=pk)
    return _with_reason(request, application, words, act=act, done=done, after=after)


@login_required
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer gives a locked review back to its reviewer."""
    assignment = _assignment(request, pk)
    require(request.user, "reviews.unlock_review", assignment)
    application = assignment.application
    words = {
        "title": _("Unlock the review"),
        "about": assignment.reviewer.name,
        "consequences": [
            _("The reviewer can change the scores and reasons, and locks them again."),
            _("The file is in review until then."),
        ],
        "way_out": _reviews_of(application),
    }
    done = _("The review is open again.")
    act = _act(services.unlock_review, request, assignment_id=pk)
    return _with_reason(request, application, words, act=act, done=done, after=words["way_out"])


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """An officer opens a reviewed file again."""
    application = file_of_the_desk(request, reference)
    require(request.user, "reviews.reopen_review", application)
    words = {
        "title": _("Open the review again"),
        "about": application.shown_title,
        "consequences": [
            _("The file is in review again and stands in no list."),
            _("You can assign a further reviewer or unlock a review; nothing that was scored is lost."),
        ],
        "way_out": _reviews_of(application),
    }
    done = _("The file is in review again.")
    act = _act(services.reopen_review, request, application_id=application.pk)
    return _with_reason(request, application, words, act=act, done=done, after=words["way_out"])


@login_required
@require_POST
def complete(request: HttpRequest, reference: str) -> HttpResponse:
    """A file that was opened again without need is reviewed as before."""
    application = file_of_the_desk(request, reference)
    services.complete_review(application_id=application.pk, by=request.user)
    messages.success(request, _("The file is reviewed."))
    return redirect("reviews:file_reviews", reference)


def _assignment(request: HttpRequest, pk: int) -> Assignment:
    rows = Assignment.objects.select_related("application__call", "application__organisation", "reviewer")
    return visible_or_404(rows, request.user, pk=pk)


def _reviews_of(application: Application) -> str:
    return reverse("reviews:file_reviews", args=[application.reference])


def _act(service: Callable[..., Any], request: HttpRequest, **named: int) -> Act:
    return lambda reason: service(**named, by=request.user, reason=reason, at=request.arrived_at)


def _with_reason(
    request: HttpRequest, application: Application, words: dict[str, Any], *, act: Act, done: str | Promise, after: str
) -> HttpResponse:
    """One page for all these acts: what follows, the reason, the button; what was typed stays on a refusal."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    problems: Iterable[Problem] = []
    if form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except NotReady as refusal:
            problems = refusal.problems
        else:
            messages.success(request, done)
            return redirect(after)
    status = 409 if problems else 422 if form.errors else 200
    context = {**words, "application": application, "form": form, "problems": problems}
    return render(request, "reviews/with_reason.html", context, status=status)
