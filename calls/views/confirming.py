"""What every act of the desk shares: the page on which it is confirmed, and the way back to the call."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from calls.choices import State
from calls.models import Call
from calls.readiness import not_in_step
from calls.views.desk import call_of_the_desk
from portal.core.exceptions import NotReady, Problem, refuse_if
from portal.core.gate import require

Words = str | Promise


@dataclass(frozen=True)
class Confirmation:
    """The words of a page on which one act is confirmed; `is_grave` when nothing brings back what it ends."""

    title: Words
    consequences: list[Words]
    button: Words
    done: Words
    is_grave: bool = False


def call_in(request: HttpRequest, reference: str, permission: str, *states: State) -> Call:
    """The call in one of these states, for somebody who may act on it; a page says why where it is in another."""
    call = call_of_the_desk(request, reference)
    require(request.user, permission, call)
    refuse_if([] if call.state in states else not_in_step(call, states[0]))
    return call


def confirm(
    request: HttpRequest,
    call: Call,
    page: Confirmation,
    *,
    act: Callable[[], Any],
    missing: list[Problem] | None = None,
    form: forms.Form | None = None,
) -> HttpResponse:
    """Show the page, or do the act and lead back to the call; a refusal is told on the page itself."""
    problems, status = missing or [], 200
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act()
        except NotReady as refusal:
            problems, status = linked(refusal.problems, call), 409
        else:
            messages.success(request, str(page.done))
            return redirect("calls:desk_call", call.reference)
    context = {"call": call, "page": page, "problems": problems, "form": form}
    return render(request, "calls/desk/confirm.html", context, status=status)


def linked(problems: list[Problem], call: Call) -> list[Problem]:
    """The same problems, each leading to its place on the page of the call; those of the form stay on this page."""
    desk = reverse("calls:desk_call", args=[call.reference])
    return [
        replace(problem, anchor=f"{desk}{problem.anchor}")
        if problem.anchor.startswith("#") and not problem.anchor.startswith("#id_")
        else problem
        for problem in problems
    ]
