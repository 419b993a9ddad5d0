"""Refusal at the door: the officer's draft, and the page on which the head of unit decides on it."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from applications.choices import State
from applications.models import Application
from portal.core.dates import long_moment
from portal.core.exceptions import NotReady, Problem, refuse_if
from portal.core.gate import require
from reviews import services
from reviews.choices import DraftState, Outcome
from reviews.forms import DraftReturnForm, RefusalForm, SameDraftForm
from reviews.models import DraftDecision
from reviews.permissions import heads_the_unit_of_the_draft
from reviews.readiness import standing_refusal
from reviews.refusal import failed_by_outcome, read_items
from reviews.steps import draft_not_in, file_not_in
from reviews.views.access import can, file_of_the_desk

PARTS = ("draft_decisions",)


@login_required
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer drafts a refusal; nothing typed is lost when it is not complete."""
    application = file_of_the_desk(request, reference, *PARTS)
    require(request.user, "reviews.screen_application", application)
    refuse_if([*file_not_in(application, State.IN_SCREENING), *standing_refusal(application)])
    failed = failed_by_outcome(application)
    form = _form(request, application, failed)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            services.propose_refusal(
                application_id=application.pk, by=request.user, at=request.arrived_at, **form.cleaned_data
            )
        except NotReady as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("The refusal is proposed. The head of unit decides on it."))
            return redirect("reviews:file", reference)
    status = 409 if problems else 422 if form.errors else 200
    groups = [(outcome.label, items) for outcome, items in failed.items()]
    context = {"application": application, "form": form, "groups": groups, "problems": problems}
    return render(request, "reviews/refuse.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, reference: str) -> HttpResponse:
    """The proposed refusal with its reasons; the head of unit decides on it here, and reads what follows."""
    application = file_of_the_desk(request, reference)
    draft = _draft(application)
    problems: list[Problem] = []
    if request.method == "POST":
        require(request.user, "reviews.approve_refusal", draft)
        if draft.state == DraftState.APPROVED:
            # A second click, or a reload: the act is done, and its page says so.
            return redirect("reviews:file", reference)
        try:
            refuse_if(_another_draft(request, draft))
            services.approve_refusal(draft_id=draft.pk, by=request.user, at=request.arrived_at)
        except NotReady as refused:
            problems = refused.problems
        else:
            messages.success(request, _("The file is refused. The applicant is told as soon as the letter is sealed."))
            return redirect("reviews:file", reference)
    context = {**_shown(request, draft), "problems": problems}
    return render(request, "reviews/refusal.html", context, status=409 if problems else 200)


@login_required
@require_http_methods(["GET", "POST"])
def return_refusal(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft goes back to the officer with a reason."""
    application = file_of_the_desk(request, reference)
    draft = _draft(application)
    require(request.user, "reviews.return_refusal", draft)
    form = DraftReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.return_refusal(
            draft_id=draft.pk, by=request.user, reason=form.cleaned_data["reason"], at=request.arrived_at
        )
        messages.success(request, _("The draft went back to the officer with your reason."))
        return redirect("reviews:file", reference)
    refuse_if(draft_not_in(draft, DraftState.PREPARED))
    context = {"application": application, "draft": draft, "form": form}
    return render(request, "reviews/return_refusal.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, application: Application, outcomes: Collection[Outcome]) -> RefusalForm:
    """Filled with what the last draft said when that one came back."""
    earlier = next((row for row in reversed(application.draft_decisions.all()) if row.return_reason), None)
    initial: dict[str, Any] = {"outcome": next(iter(outcomes))} if len(outcomes) == 1 else {}
    if earlier is not None:
        initial |= {name: getattr(earlier, name) for name in ("outcome", "conclusion", "why_not_cured")}
    typed = request.POST if request.method == "POST" else None
    return RefusalForm(typed, initial=initial, outcomes=outcomes, language=application.language)


def _draft(application: Application) -> DraftDecision:
    """The last draft of the file; 404 while there is none."""
    drafts = application.draft_decisions.select_related("prepared_by", "settled_by", "application__call__unit")
    draft = drafts.order_by("-pk").first()
    if draft is None:
        raise Http404("No refusal was proposed.")
    return draft


def _shown(request: HttpRequest, draft: DraftDecision) -> dict[str, Any]:
    is_open = draft.state == DraftState.PREPARED and draft.application.state == State.IN_SCREENING
    may_return = is_open and can(request, "reviews.return_refusal", draft)
    may_approve = is_open and can(request, "reviews.approve_refusal", draft)
    return {
        "application": draft.application,
        "draft": draft,
        "items": read_items(draft.content),
        "people": _people(request, draft),
        "may_return": may_return,
        "may_approve": may_approve,
        "is_tied": is_open and not may_approve and heads_the_unit_of_the_draft(request.user, draft),
    }


def _people(request: HttpRequest, draft: DraftDecision) -> list[dict[str, Any]]:
    """Four eyes: who prepared the refusal, and who settled it or is awaited."""
    prepared = {
        "who": draft.prepared_by.name,
        "role": pgettext("role", "Officer"),
        "did": _("prepared the refusal on %(moment)s") % {"moment": _when(request, draft.prepared_at)},
        "is_done": True,
    }
    role = pgettext("role", "Head of unit")
    if draft.settled_by is None:
        return [prepared, {"who": role, "role": "", "did": _("approval awaited"), "is_done": False}]
    words = (
        _("approved the refusal on %(moment)s")
        if draft.state == DraftState.APPROVED
        else _("returned the refusal on %(moment)s")
    )
    did = words % {"moment": _when(request, draft.settled_at)}
    return [prepared, {"who": draft.settled_by.name, "role": role, "did": did, "is_done": True}]


def _when(request: HttpRequest, moment: Any) -> str:
    return long_moment(moment, request.LANGUAGE_CODE)


def _another_draft(request: HttpRequest, draft: DraftDecision) -> list[Problem]:
    form = SameDraftForm(request.POST)
    if form.is_valid() and form.cleaned_data["draft"] == draft.pk:
        return []
    return [Problem("another_draft", _("The draft has changed since you opened this page. Read it again."))]
