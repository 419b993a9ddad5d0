"""The proposal board: envelope, ranked list, conclusions, freeze; then the frozen list and what is awaited."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calls.choices import State as CallState
from calls.models import Call
from calls.reading import column_words
from portal.core.dates import long_moment
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require
from portal.core.numbered_pages import numbered_page
from reviews import services
from reviews.balance import Balances, balances_of, read_what_balances_need
from reviews.board import Board, board_of_proposal, board_of_ranking
from reviews.chain import letters_are_due
from reviews.choices import ProposalState
from reviews.desk import calls_on_the_desk
from reviews.letters import progress_of
from reviews.list_form import ListForm, choices_of
from reviews.models import Proposal, ProposalLine
from reviews.ranking import Ranking, ranking_of
from reviews.readiness import missing_before_close, missing_before_freeze
from reviews.standing import standing_of_proposal
from reviews.views.access import call_of_the_desk, can
from reviews.views.chain import chain_shown

BOARDS_ON_A_PAGE = 25
STANDING = Prefetch("proposals", queryset=Proposal.objects.standing().of_the_whole_list(), to_attr="standing_proposals")
LINES = ("application__organisation", "application__lot__territory", "decision__document")


@login_required
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The calls in assessment or decided, with their envelope and how far their list is."""
    require(request.user, "reviews.see_files")
    rows = calls_on_the_desk(request.user).select_related("envelope").prefetch_related(STANDING)
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
    context = {**_head(call), "proposal": proposal, **_frozen(request, proposal)}
    return render(request, "reviews/board.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer chooses what each file gets, looks at what that gives, and freezes; nothing typed is lost."""
    call = call_of_the_desk(request, reference)
    require(request.user, "reviews.freeze_proposal", call)
    proposal, returned = standing_proposal(call)
    if request.method != "POST":
        can_be_chosen = proposal is None and call.state == CallState.IN_ASSESSMENT
        return _choosing(request, call, returned) if can_be_chosen else redirect("reviews:board", reference)
    form = _list_form(call, returned, request.POST)
    if not form.is_valid():
        return _choosing(request, call, returned, form, status=422)
    if "show" in request.POST:
        return _choosing(request, call, returned, form)
    try:
        services.freeze_proposal(
            call_id=call.pk,
            by=request.user,
            conclusions=form.conclusions(),
            choices=form.choices(),
            at=request.arrived_at,
        )
    except NotReady as refusal:
        return _choosing(request, call, returned, form, problems=refusal.problems, status=409)
    messages.success(request, _("The list is frozen. The head of unit can approve it or return it."))
    return redirect("reviews:board", reference)


@login_required
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """The head of unit closes the decisions of the call."""
    call = call_of_the_desk(request, reference)
    services.close_decisions(call_id=call.pk, by=request.user)
    messages.success(request, _("The decisions of this call are closed."))
    return redirect("reviews:board", reference)


def standing_proposal(call: Call) -> tuple[Proposal | None, Proposal | None]:
    """The proposal that stands now, and the last one when it was returned."""
    whole = call.proposals.of_the_whole_list().select_related("prepared_by", "approved_by")
    proposals = list(whole.order_by("-number"))
    for proposal in proposals:
        proposal.call = call
    standing = next((row for row in proposals if row.state != ProposalState.RETURNED), None)
    return standing, proposals[0] if proposals and standing is None else None


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


def _page(request: HttpRequest, call: Call) -> HttpResponse:
    proposal, returned = standing_proposal(call)
    context = {**_head(call), "proposal": proposal, "returned": returned}
    context |= _live(request, call, returned) if proposal is None else _frozen(request, proposal)
    context |= chain_shown(request, returned) if returned else {}
    context["balances"] = _balances(context["board"])
    return render(request, "reviews/board.html", context)


def _choosing(
    request: HttpRequest,
    call: Call,
    returned: Proposal | None,
    form: ListForm | None = None,
    *,
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    """The list as the choices make it, what they lack, and the form."""
    form = form or _list_form(call, returned, None)
    ranking, conclusions = form.ranking, form.kept_conclusions()
    if form.is_bound and form.is_valid():
        ranking, conclusions = ranking.chosen(form.choices()), form.conclusions()
    context = {
        **_head(call),
        "returned": returned,
        "board": board_of_ranking(ranking),
        "form": form,
        "missing": missing_before_freeze(ranking, conclusions),
        "problems": list(problems),
    }
    return render(request, "reviews/freeze.html", context, status=status)


def _head(call: Call) -> dict[str, Any]:
    return {"call": call, "call_title": column_words(call, "title", get_language() or "fr")}


def _balances(board: Board) -> Balances:
    """How the list spreads its money; one query for the goals of all its files."""
    read_what_balances_need(row.application for row in board.rows)
    return balances_of(board.rows, get_language() or "fr")


def _live(request: HttpRequest, call: Call, returned: Proposal | None) -> dict[str, Any]:
    """The list as it stands now; for an officer what keeps it from being frozen, save what is still to be written."""
    ranking = _ranking(call, _earlier_lines(returned))
    shown: dict[str, Any] = {"board": board_of_ranking(ranking)}
    if call.state != CallState.IN_ASSESSMENT or not can(request, "reviews.freeze_proposal", call):
        return shown
    missing = [problem for problem in missing_before_freeze(ranking, {}) if not problem.anchor]
    return {**shown, "may_freeze": True, "missing": missing}


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
        "board": shown,
        "standing": standing_of_proposal(proposal),
        "people": _people(proposal, may_approve=may_approve),
        "may_approve": may_approve,
        "may_return": may_return,
        "is_tied": may_return and not may_approve,
        "letters": progress_of(shown.rows) if is_final else None,
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


def _earlier_lines(returned: Proposal | None) -> dict[int, ProposalLine]:
    """What was chosen and written on the list that came back, so that nobody does it twice."""
    return {line.application_id: line for line in returned.lines.all()} if returned else {}


def _ranking(call: Call, earlier: Mapping[int, ProposalLine]) -> Ranking:
    return ranking_of(call, choices_of(earlier))


def _list_form(call: Call, returned: Proposal | None, typed: Any) -> ListForm:
    earlier = _earlier_lines(returned)
    return ListForm(typed, ranking=_ranking(call, earlier), earlier=earlier)
