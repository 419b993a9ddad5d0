"""The acts of the head of unit on a frozen list: return, approve, notify."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.choices import State
from calls.reading import column_words
from portal.core.exceptions import NotReady, Problem, refuse_if
from portal.core.gate import require
from reviews import services
from reviews.chain import steps_that_apply
from reviews.choices import APPROVED_LISTS, DECIDED_LISTS, ProposalState
from reviews.forms import ProposalReturnForm, SameListForm
from reviews.models import Proposal
from reviews.readiness import missing_before_notification
from reviews.standing import standing_of_proposal
from reviews.steps import proposal_not_in
from reviews.views.access import call_of_the_desk
from reviews.views.board import frozen_board, promotion_of, standing_proposal


@login_required
@require_http_methods(["GET", "POST"])
def return_proposal(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """The list goes back to the officers with a reason."""
    proposal = asked_list(request, reference, number)
    require(request.user, "reviews.return_proposal", proposal)
    form = ProposalReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.return_proposal(proposal_id=proposal.pk, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The list went back to the officers with your reason."))
        return redirect(proposal.page("board"))
    refuse_if(proposal_not_in(proposal, ProposalState.FROZEN))
    context = {**head_of_list(proposal), "form": form}
    return render(request, "reviews/return.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """The page on which the head of unit decides: it says what follows, and names the list that was read."""
    proposal = asked_list(request, reference, number)
    require(request.user, "reviews.approve_proposal", proposal)
    if proposal.state in DECIDED_LISTS:
        # A second click, or a reload: the act is done, and its page says so.
        return redirect(proposal.page("board"))
    problems, status = [], 200
    if request.method == "POST":
        try:
            refuse_if(_another_list(request, proposal))
            services.approve_proposal(proposal_id=proposal.pk, by=request.user, at=request.arrived_at)
        except NotReady as refusal:
            problems, status = refusal.problems, 409
        else:
            messages.success(request, _approved(proposal))
            return redirect(proposal.page("board"))
    steps = steps_that_apply(proposal, on=timezone.localdate(request.arrived_at))
    context = {**head_of_list(proposal), "board": frozen_board(proposal), "problems": problems, "steps": steps}
    return render(request, "reviews/approve.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def notify(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """The page on which the head of unit tells every applicant of the list, all or none."""
    proposal = asked_list(request, reference, number)
    require(request.user, "reviews.notify_decisions", proposal)
    if proposal.state == ProposalState.NOTIFIED:
        return redirect(proposal.page("board"))
    refuse_if(proposal_not_in(proposal, *APPROVED_LISTS))
    problems, status = missing_before_notification(proposal) if request.method == "GET" else [], 200
    if request.method == "POST":
        try:
            services.notify_decisions(proposal_id=proposal.pk, by=request.user, at=request.arrived_at)
        except NotReady as refusal:
            problems, status = refusal.problems, 409
        else:
            messages.success(request, _notified(proposal))
            return redirect(proposal.page("board"))
    context = {**head_of_list(proposal), "board": frozen_board(proposal), "problems": problems}
    return render(request, "reviews/notify.html", context, status=status)


def asked_list(request: HttpRequest, reference: str, number: int | None) -> Proposal:
    """The standing list of a call on the person's desk, or the promotion with that number; 404 while none is frozen."""
    call = call_of_the_desk(request, reference)
    if number is not None:
        return promotion_of(call, number)
    proposal = standing_proposal(call)
    if proposal is None:
        raise Http404("No list is frozen.")
    return proposal


def head_of_list(proposal: Proposal) -> dict[str, Any]:
    """What stands above each page of an act on the list."""
    return {
        "call": proposal.call,
        "call_title": column_words(proposal.call, "title", get_language() or "fr"),
        "proposal": proposal,
        "standing": standing_of_proposal(proposal),
    }


def _another_list(request: HttpRequest, proposal: Proposal) -> list[Problem]:
    """The list that was read is no longer the one that stands."""
    form = SameListForm(request.POST)
    if form.is_valid() and form.cleaned_data["sha256"] == proposal.sha256:
        return []
    return [
        Problem("another_list", _("The list has changed since you opened this page. Read it again, then approve it."))
    ]


def _approved(proposal: Proposal) -> str:
    if proposal.steps.exists():
        return _("The list is approved. Transmit it to the external steps; nobody is told yet.")
    return _("The list is approved. The letters are being made; nobody is told yet.")


def _notified(proposal: Proposal) -> str:
    number = proposal.lines.exclude(application__state=State.WITHDRAWN).count()
    words = ngettext("%(number)s applicant is notified.", "All %(number)s applicants are notified.", number)
    return words % {"number": number}
