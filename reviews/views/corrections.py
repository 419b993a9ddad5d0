"""Asking for a correction, and a reviewer's confirmation after it: each on a page of its own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from applications.models import Application
from calls.structure import structure_of
from portal.core.dates import BRUSSELS
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require
from reviews import services
from reviews.comparing import changes_read
from reviews.desk_forms import CorrectionForm
from reviews.readiness import missing_before_correction
from reviews.reading import Reading
from reviews.services.corrections import usual_due_moment
from reviews.views.access import file_of_the_desk
from reviews.views.gate import own_assignment


@login_required
@require_http_methods(["GET", "POST"])
def ask_correction(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer names what is missing and what may be changed; the applicant is told at once."""
    application = file_of_the_desk(request, reference, "call__screening_items")
    require(request.user, "reviews.request_correction", application)
    form = _form(request, application)
    if request.method != "POST":
        return _page(request, application, form, problems=_obstacles(application))
    if not form.is_valid():
        return _page(request, application, form, status=422)
    try:
        correction = services.request_correction(
            application_id=application.pk,
            by=request.user,
            points=form.points(),
            opened=form.opened(),
            due_at=form.due_at,
            at=request.arrived_at,
        )
    except NotReady as refusal:
        return _page(request, application, form, problems=refusal.problems, status=409)
    messages.success(
        request, _("Request %(number)s is made: its letter and its mail leave now.") % {"number": correction}
    )
    return redirect("reviews:file", reference)


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer reads what the applicant corrected and keeps the scores that are locked."""
    assignment = own_assignment(request, pk)
    if not assignment.is_stale:
        return redirect("reviews:review", pk)
    if request.method == "POST":
        services.confirm_review(assignment_id=pk, by=request.user, at=request.arrived_at)
        messages.success(request, _("Your review is confirmed on the corrected version. Thank you."))
        return redirect("reviews:review", pk)
    reading = Reading(assignment.application.versions.order_by("-number")[0])
    context = {
        "assignment": assignment,
        "application": assignment.application,
        "reading": reading,
        "changes": changes_read(assignment.version, reading),
    }
    return render(request, "reviews/confirm.html", context)


def _form(request: HttpRequest, application: Application) -> CorrectionForm:
    """The words of the rules stand in the language of the file: the applicant reads what the officer saw."""
    structure = structure_of(application.call)
    items = [item for item in application.call.screening_items.all() if item.is_curable]
    due_on = usual_due_moment(request.arrived_at).astimezone(BRUSSELS).date()
    with override(application.language):
        return CorrectionForm(
            request.POST if request.method == "POST" else None,
            items=items,
            annexes=structure.requirements,
            questions=[question for section in structure.sections for question in section.questions.all()],
            initial={"due_on": due_on},
        )


def _obstacles(application: Application) -> list[Problem]:
    """Why no correction can be asked at all; nothing while it only has to be written."""
    found = missing_before_correction(application, [], [])
    return [problem for problem in found if problem.code in {"state", "once"}]


def _page(
    request: HttpRequest,
    application: Application,
    form: CorrectionForm,
    *,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    obstacles = _obstacles(application)
    context: dict[str, Any] = {
        "application": application,
        "form": form,
        "rows": form.rows(),
        "problems": problems or [],
        "is_possible": not obstacles,
        "has_members": application.organisation.memberships.exists(),
    }
    return render(request, "reviews/ask_correction.html", context, status=status)
