"""Choosing what each file of a list gets, looking at what that gives, and freezing it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from calls.choices import State as CallState
from calls.models import Call
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require
from reviews import services
from reviews.board import board_of_ranking
from reviews.cut import choices_at, read_cut
from reviews.list_form import ListForm, choices_of
from reviews.models import Proposal
from reviews.ranking import ranking_of
from reviews.readiness import missing_before_freeze
from reviews.views.access import call_of_the_desk
from reviews.views.board import balances_on, earlier_lines, head_of, standing_proposal


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
    form = _list_form(request, call, returned, request.POST)
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
    if form is None:
        form = _list_form(request, call, returned, None)
        problems = form.cut.problems
    ranking, conclusions = form.ranking, form.kept_conclusions()
    if form.is_bound and form.is_valid():
        ranking, conclusions = ranking.chosen(form.choices()), form.conclusions()
    shown = board_of_ranking(ranking)
    context = {
        **head_of(call),
        "returned": returned,
        "board": shown,
        "balances": balances_on(shown),
        "form": form,
        "missing": missing_before_freeze(ranking, conclusions),
        "problems": list(problems),
    }
    return render(request, "reviews/freeze.html", context, status=status)


def _list_form(request: HttpRequest, call: Call, returned: Proposal | None, typed: Any) -> ListForm:
    earlier = earlier_lines(returned)
    kept = choices_of(earlier)
    ranking = ranking_of(call, kept)
    cut = read_cut(request.GET.get("cut"), ranking)
    return ListForm(typed, ranking=ranking.chosen(choices_at(cut, ranking, kept)), earlier=earlier, cut=cut)
