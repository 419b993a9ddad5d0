"""Screening: the checklist of a file beside what the portal finds, and the acts that follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications.choices import CORRECTABLE, FINAL, State
from applications.models import Application, Version
from calls.choices import ItemKind
from calls.models import ScreeningItem
from calls.reading import Words, column_words
from portal.core.exceptions import NotReady, Problem
from reviews import services
from reviews.checks import Finding, findings
from reviews.choices import DraftState, ScreeningVerdict
from reviews.desks import desk_names
from reviews.forms import ScreeningForm
from reviews.models import ScreeningAnswer
from reviews.readiness import missing_before_admit, standing_refusal
from reviews.refusal import possible_refusals
from reviews.views.access import can, file_of_the_desk
from reviews.views.casefile import head_of

PARTS = (
    "call__screening_items",
    Prefetch("screening_answers", queryset=ScreeningAnswer.objects.select_related("answered_by")),
    "assignments",
)

# Where a refusal may stand, or have been decided.
AT_THE_DOOR = {State.IN_SCREENING, State.INADMISSIBLE, State.INELIGIBLE}


@dataclass(frozen=True)
class CheckRow:
    """One item: the call's words, what the portal found, what the officer answered or just typed."""

    item: ScreeningItem
    text: Words
    evidence_asked: Words
    found: bool | None
    evidence: Words | str
    verdict: str
    reason: str
    answer: ScreeningAnswer | None

    @property
    def verdict_label(self) -> str | Promise:
        """The answer in words."""
        return ScreeningVerdict(self.verdict).label if self.verdict else ""


@login_required
@require_safe
def file(request: HttpRequest, reference: str) -> HttpResponse:
    """The case file, opened at its checklist."""
    application = file_of_the_desk(request, reference, *PARTS)
    return _page(request, application)


@login_required
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """An officer takes the file in hand."""
    application = file_of_the_desk(request, reference)
    services.take_in_screening(application_id=application.pk, by=request.user)
    messages.success(request, _("The file is in screening. Answer each item of the checklist."))
    return redirect("reviews:file", reference)


@login_required
@require_POST
def screen(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer's answers are kept; items may stay open until a later save."""
    application = file_of_the_desk(request, reference, *PARTS)
    form = ScreeningForm(request.POST, items=application.call.screening_items.all())
    if not form.is_valid():
        return _page(request, application, form=form, status=422)
    try:
        services.answer_items(
            application_id=application.pk, by=request.user, answers=form.answers(), at=request.arrived_at
        )
    except NotReady as refusal:
        return _page(request, application, form=form, problems=refusal.problems, status=409)
    messages.success(request, _("The answers are saved."))
    return redirect("reviews:file", reference)


@login_required
@require_POST
def admit(request: HttpRequest, reference: str) -> HttpResponse:
    """Admissible and eligible: the file goes to the reviewers."""
    application = file_of_the_desk(request, reference, *PARTS)
    try:
        services.admit(application_id=application.pk, by=request.user)
    except NotReady as refusal:
        return _page(request, application, problems=refusal.problems, status=409)
    messages.success(request, _("The file is admitted. Reviewers can judge it."))
    return redirect("reviews:file_reviews", reference)


def _page(
    request: HttpRequest,
    application: Application,
    *,
    form: ScreeningForm | None = None,
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    correction = getattr(application, "correction", None)
    may_screen = can(request, "reviews.screen_application", application)
    is_open = application.state == State.IN_SCREENING
    head = head_of(application, "file")
    rows = _rows(application, head["reading"].version, form)
    context: dict[str, Any] = {
        **head,
        "form": form,
        "problems": list(problems),
        "groups": [(kind.label, [row for row in rows if row.item.kind == kind]) for kind in ItemKind],
        "desk": desk_names([application], on=timezone.localdate()).get(application.pk, ""),
        "may_assign_file": application.state not in FINAL and can(request, "reviews.assign_file", application),
        "may_take": may_screen and application.state == State.SUBMITTED,
        "missing": missing_before_admit(application) if is_open else [],
        "is_open": is_open,
        **_refusal(request, application, may_screen=may_screen),
        "correction": correction,
        "points": correction.points.select_related("item") if correction else [],
        "may_ask": correction is None and can_ask(request, application) and not standing_refusal(application),
    }
    return render(request, "reviews/file.html", context, status=status)


def _refusal(request: HttpRequest, application: Application, *, may_screen: bool) -> dict[str, Any]:
    """How a refusal of the file stands: the last draft, its decision, and the acts that this person may do now."""
    drafts = application.draft_decisions.select_related("prepared_by", "settled_by", "decision__document")
    draft = drafts.order_by("-pk").first() if application.state in AT_THE_DOOR else None
    is_prepared = draft is not None and draft.state == DraftState.PREPARED
    is_open = application.state == State.IN_SCREENING
    return {
        "draft": draft,
        "awaits_the_head": is_prepared and is_open,
        "may_refuse": may_screen and is_open and not is_prepared and bool(possible_refusals(application)),
        "may_answer": may_screen and is_open and not is_prepared,
    }


def can_ask(request: HttpRequest, application: Application) -> bool:
    """Whether the page offers to ask for a correction."""
    return application.state in CORRECTABLE and can(request, "reviews.request_correction", application)


def _rows(application: Application, version: Version, form: ScreeningForm | None) -> list[CheckRow]:
    """An answer keeps what was found with it, unless a newer version came after it."""
    items = list(application.call.screening_items.all())
    answers = {answer.item_id: answer for answer in application.screening_answers.all()}
    is_screened = application.state == State.IN_SCREENING
    found = findings(application, version=version) if is_screened else {}
    return [_row(item, answers.get(item.pk), found, form, version.submitted_at) for item in items]


def _row(
    item: ScreeningItem,
    answer: ScreeningAnswer | None,
    found: dict[str, Finding],
    form: ScreeningForm | None,
    received_at: datetime,
) -> CheckRow:
    language = get_language() or "fr"
    is_found: bool | None
    evidence: Words | str
    if answer and (not found or answer.answered_at >= received_at):
        is_found, evidence = answer.found, column_words(answer, "evidence", language)
    else:
        is_found, evidence = found.get(item.check_name, (None, ""))
    verdict, reason = (answer.verdict, answer.reason) if answer else ("", "")
    if form is not None:
        verdict, reason = form[f"verdict_{item.code}"].value() or "", form[f"reason_{item.code}"].value() or ""
    return CheckRow(
        item=item,
        text=column_words(item, "text", language),
        evidence_asked=column_words(item, "evidence", language),
        found=is_found,
        evidence=evidence,
        verdict=verdict if verdict in ScreeningVerdict.values else "",
        reason=reason,
        answer=answer,
    )
