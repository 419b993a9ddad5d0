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
from reviews.list_form import ListForm, VersionForm, choices_of, without_outcomes
from reviews.ranking import ranking_of
from reviews.readiness import missing_before_freeze
from reviews.views.access import call_of_the_desk
from reviews.views.board import Lists, balances_on, earlier_lines, head_of, lists_of
from reviews.views.ranks import list_shown


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer chooses what each file gets, looks at what that gives, and freezes; nothing typed is lost."""
    call = call_of_the_desk(request, reference)
    require(request.user, "reviews.freeze_proposal", call)
    lists = lists_of(call)
    if request.method != "POST":
        can_be_chosen = lists.standing is None and call.state == CallState.IN_ASSESSMENT
        return _choosing(request, call, lists) if can_be_chosen else redirect("reviews:board", reference)
    form = _list_form(request, call, lists, request.POST)
    if "keep" not in request.POST:
        if not form.is_valid():
            return _choosing(request, call, lists, form, status=422)
        if "show" in request.POST:
            return _choosing(request, call, lists, form)
    try:
        return _kept(request, call, form) if "keep" in request.POST else _frozen(request, call, form)
    except NotReady as refusal:
        return _choosing(request, call, lists, form, problems=refusal.problems, status=409)


def _kept(request: HttpRequest, call: Call, form: ListForm) -> HttpResponse:
    version = VersionForm(request.POST).read() or 0
    services.keep_draft_of_list(
        call_id=call.pk, by=request.user, typed=form.typed(), version=version, at=request.arrived_at
    )
    messages.success(request, _("The draft is kept. Whoever may freeze the list finds it on this page."))
    return redirect("reviews:freeze", call.reference)


def _frozen(request: HttpRequest, call: Call, form: ListForm) -> HttpResponse:
    services.freeze_proposal(
        call_id=call.pk,
        by=request.user,
        conclusions=form.conclusions(),
        choices=form.choices(),
        draft_version=VersionForm(request.POST).read(),
        at=request.arrived_at,
    )
    messages.success(request, _("The list is frozen. The head of unit can approve it or return it."))
    return redirect("reviews:board", call.reference)


def _choosing(
    request: HttpRequest,
    call: Call,
    lists: Lists,
    form: ListForm | None = None,
    *,
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    """The list as the choices make it, what they lack, and the form."""
    if form is None:
        form = _list_form(request, call, lists, None)
        problems = form.cut.problems
    ranking, conclusions = form.ranking, form.kept_conclusions()
    if form.is_bound and form.is_valid():
        ranking, conclusions = ranking.chosen(form.choices()), form.conclusions()
    shown, problems = board_of_ranking(ranking), list(problems)
    context = {
        **head_of(call),
        "returned": lists.returned,
        "draft": lists.draft,
        "version": _version_read(request, lists, problems),
        **list_shown(shown),
        "balances": balances_on(shown),
        "form": form,
        "missing": missing_before_freeze(ranking, conclusions),
        "problems": problems,
    }
    return render(request, "reviews/freeze.html", context, status=status)


def _version_read(request: HttpRequest, lists: Lists, problems: Iterable[Problem]) -> int:
    """The version of the draft that the person has read: the one of the page, until they are told of a newer one."""
    current = lists.draft.version if lists.draft else 0
    if request.method != "POST" or any(problem.code == "kept_meanwhile" for problem in problems):
        return current
    return VersionForm(request.POST).read() or 0


def _list_form(request: HttpRequest, call: Call, lists: Lists, typed: Any) -> ListForm:
    """The form as the draft was kept, else as the list that came back had chosen; the line that was placed goes first."""
    earlier = earlier_lines(lists.returned)
    kept = choices_of(earlier)
    ranking = ranking_of(call, kept)
    drafted = lists.draft.typed if lists.draft else {}
    if drafted:
        kept = ListForm(drafted, ranking=ranking, earlier=earlier).choices_so_far()
        ranking = ranking.chosen(kept)
    cut = read_cut(request.GET.get("cut"), ranking)
    if cut.is_moved:
        drafted = without_outcomes(drafted)
        ranking = ranking.chosen(choices_at(cut, ranking, kept))
    return ListForm(typed, initial=drafted, ranking=ranking, earlier=earlier, cut=cut)
