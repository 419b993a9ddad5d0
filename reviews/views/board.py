"""The proposal board: envelope, ranked list and its line; then the frozen list and what is awaited."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calls.choices import State as CallState
from calls.models import Call
from calls.reading import column_words
from portal.core.dates import long_moment
from portal.core.gate import require
from portal.core.numbered_pages import numbered_page
from reviews import services
from reviews.balance import Balances, balances_of, goals_of
from reviews.board import Board, board_of_proposal, board_of_ranking
from reviews.chain import letters_are_due
from reviews.choices import ProposalState
from reviews.cut import choices_at, read_cut
from reviews.desk import rankings_on_the_desk
from reviews.letters import progress_of
from reviews.list_form import choices_of
from reviews.models import Proposal, ProposalLine
from reviews.ranking import ranking_of
from reviews.readiness import missing_before_close, missing_before_freeze
from reviews.standing import standing_of_proposal
from reviews.views.access import call_of_the_desk, can
from reviews.views.chain import chain_shown
from reviews.views.ranks import list_shown

BOARDS_ON_A_PAGE = 25
STANDING = Prefetch("proposals", queryset=Proposal.objects.standing().of_the_whole_list(), to_attr="standing_proposals")
LINES = ("application__organisation", "application__lot__territory", "decision__document")


@login_required
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The calls in assessment or decided, with their envelope and how far their list is."""
    require(request.user, "reviews.see_files")
    rows = rankings_on_the_desk(request.user).select_related("envelope").prefetch_related(STANDING)
    page = numbered_page(rows.order_by("-closes_at", "reference"), request, size=BOARDS_ON_A_PAGE)
    language = get_language() or "fr"
    lines = [
        {
            "call": call,
            "title": column_words(call, "title", language),
            "standing": next((standing_of_proposal(row) for row in call.standing_proposals), None),
        }
        for call in page.rows
    ]
    return render(request, "reviews/boards.html", {"page": page, "lines": lines})


@login_required
@require_safe
def board(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """The board as it stands now, or as it was frozen; with a number, the proposal that lifts one file."""
    call = call_of_the_desk(request, reference)
    if number is None:
        return _page(request, call)
    proposal = promotion_of(call, number)
    context = {**head_of(call), "proposal": proposal, **_frozen(request, proposal)}
    return render(request, "reviews/board.html", context)


@login_required
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """The head of unit closes the decisions of the call."""
    call = call_of_the_desk(request, reference)
    services.close_decisions(call_id=call.pk, by=request.user)
    messages.success(request, _("The decisions of this call are closed."))
    return redirect("reviews:board", reference)


@dataclass(frozen=True)
class Lists:
    """The list that stands now; while none does, the last one when it was returned, and the draft of the next."""

    standing: Proposal | None
    returned: Proposal | None
    draft: Proposal | None


def lists_of(call: Call) -> Lists:
    """Where the list of the call is, in one query."""
    whole = call.proposals.of_the_whole_list().select_related("prepared_by", "approved_by")
    found = list(whole.order_by("-number"))
    for proposal in found:
        proposal.call = call
    before = {ProposalState.DRAFT, ProposalState.RETURNED}
    standing = next((row for row in found if row.state not in before), None)
    if standing is not None:
        return Lists(standing, None, None)
    returned = next((row for row in found if row.state == ProposalState.RETURNED), None)
    return Lists(None, returned, next((row for row in found if row.state == ProposalState.DRAFT), None))


def standing_proposal(call: Call) -> Proposal | None:
    """The proposal that stands now."""
    return lists_of(call).standing


def promotion_of(call: Call, number: int) -> Proposal:
    """The proposal of the call that lifts one file from the reserve list, by its number."""
    rows = call.proposals.filter(promotes__isnull=False).select_related("prepared_by", "approved_by", "promotes")
    proposal: Proposal = get_object_or_404(rows, number=number)
    proposal.call = call
    return proposal


def frozen_board(proposal: Proposal) -> Board:
    """The board of a frozen list, with its letters where they are asked for."""
    lines = proposal.lines.select_related(*LINES).defer("decision__document__content", "application__summary")
    return board_of_proposal(proposal, lines)


def earlier_lines(returned: Proposal | None) -> dict[int, ProposalLine]:
    """What was chosen and written on the list that came back, so that nobody does it twice."""
    return {line.application_id: line for line in returned.lines.all()} if returned else {}


def _page(request: HttpRequest, call: Call) -> HttpResponse:
    lists = lists_of(call)
    context = {**head_of(call), "proposal": lists.standing, "returned": lists.returned}
    context |= _live(request, call, lists) if lists.standing is None else _frozen(request, lists.standing)
    context |= chain_shown(request, lists.returned) if lists.returned else {}
    context["balances"] = balances_on(context["board"])
    return render(request, "reviews/board.html", context)


def head_of(call: Call) -> dict[str, Any]:
    """What every page about a list begins with."""
    return {"call": call, "call_title": column_words(call, "title", get_language() or "fr")}


def balances_on(board: Board) -> Balances:
    """How the list spreads its money; one query for the goals of all its files."""
    goals = goals_of(row.application for row in board.counted)
    return balances_of(board.counted, goals, get_language() or "fr")


def _live(request: HttpRequest, call: Call, lists: Lists) -> dict[str, Any]:
    """The list as it stands now, or as the line gives that was placed; for an officer what keeps it from being frozen."""
    kept = choices_of(earlier_lines(lists.returned))
    ranking = ranking_of(call, kept)
    cut = read_cut(request.GET.get("cut"), ranking)
    if cut.is_moved:
        ranking = ranking.chosen(choices_at(cut, ranking, kept))
    shown = list_shown(board_of_ranking(ranking), cut)
    if call.state != CallState.IN_ASSESSMENT or not can(request, "reviews.freeze_proposal", call):
        return shown
    # What is still to be written is asked on the page of choices.
    missing = [problem for problem in missing_before_freeze(ranking, {}) if not problem.anchor.startswith("#")]
    return {**shown, "may_freeze": True, "missing": missing, "draft": lists.draft}


def _frozen(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """The frozen list, who acted, who is awaited, and the acts that this person may do now."""
    shown = frozen_board(proposal)
    is_notified_list = proposal.state == ProposalState.NOTIFIED and proposal.promotes_id is None
    may_close = is_notified_list and can(request, "reviews.close_decisions", proposal.call)
    is_open = proposal.call.state == CallState.IN_ASSESSMENT
    outside = chain_shown(request, proposal)
    is_frozen, is_final = proposal.state == ProposalState.FROZEN, letters_are_due(proposal, outside["chain"])
    may_approve = is_frozen and can(request, "reviews.approve_proposal", proposal)
    may_return = is_frozen and can(request, "reviews.return_proposal", proposal)
    return {
        **list_shown(shown),
        "standing": standing_of_proposal(proposal),
        "people": _people(proposal, may_approve=may_approve),
        "may_approve": may_approve,
        "may_return": may_return,
        "is_tied": is_frozen and not may_approve and can(request, "reviews.close_decisions", proposal.call),
        "letters": progress_of(shown.counted) if is_final else None,
        "may_notify": is_final and can(request, "reviews.notify_decisions", proposal),
        "may_close": may_close and is_open,
        "open_files": missing_before_close(proposal.call) if may_close and is_open else [],
        **outside,
        **_reserves(request, proposal),
    }


def _reserves(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """After the notification of the whole list: who still waits on it, and the proposals that lifted somebody."""
    if proposal.state != ProposalState.NOTIFIED or proposal.promotes_id is not None:
        return {}
    promotions = proposal.call.proposals.filter(promotes__isnull=False).select_related("call")
    return {
        "reserves": services.waits_on_reserve(proposal.call),
        "promotions": [(row, standing_of_proposal(row)) for row in promotions.order_by("number")],
        "may_promote": can(request, "reviews.freeze_proposal", proposal.call),
    }


def _people(proposal: Proposal, *, may_approve: bool) -> list[dict[str, Any]]:
    """Four eyes: who prepared the list, and who approved it or is awaited."""
    language = get_language() or "fr"
    prepared = {
        "who": proposal.prepared_by.name,
        "role": pgettext("role", "Officer"),
        "did": _("froze the list on %(moment)s") % {"moment": long_moment(proposal.frozen_at, language)},
        "is_done": True,
    }
    role = pgettext("role", "Head of unit")
    if proposal.approved_by and proposal.approved_at:
        words = _("approved the list on %(moment)s") % {"moment": long_moment(proposal.approved_at, language)}
        return [prepared, {"who": proposal.approved_by.name, "role": role, "did": words, "is_done": True}]
    awaited = {"who": _("You"), "role": role} if may_approve else {"who": role, "role": ""}
    return [prepared, {**awaited, "did": _("approval awaited"), "is_done": False}]
