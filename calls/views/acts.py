"""The acts of the desk: each has a page of its own that says what follows, and is done by sending that page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from calls import services
from calls.choices import State
from calls.forms import ReturnForm
from calls.models import Call
from calls.readiness import missing_before_assessment, missing_before_publication, not_in_step
from calls.views.desk import call_of_the_desk
from portal.core.exceptions import NotReady, Problem, refuse_if
from portal.core.gate import require

Words = str | Promise


@dataclass(frozen=True)
class Confirmation:
    """The words of a page on which one act is confirmed."""

    title: Words
    consequences: list[Words]
    button: Words
    done: Words


PROPOSE = Confirmation(
    title=_("Propose the call for publication"),
    consequences=[
        _("The head of unit is asked to publish the call."),
        _("Another person than you must publish it."),
        _("Nobody outside the service sees the call yet."),
    ],
    button=_("Propose for publication"),
    done=_("The call is proposed. The head of unit can publish it or return it."),
)
RETURN = Confirmation(
    title=_("Return the call to the officer"),
    consequences=[
        _("The call is a draft again."),
        _("The officer reads your reason with the draft."),
        _("Nobody outside the service sees the call."),
    ],
    button=_("Return to the officer"),
    done=_("The call is a draft again. Your reason stands beside it."),
)
PUBLISH = Confirmation(
    title=_("Publish the call"),
    consequences=[
        _("Everyone can read the call at once, in French and Dutch."),
        _("The rules, the criteria and the form are frozen. Their fingerprint is kept: it is the call's contract."),
        _("Organisations can apply from the opening moment until the deadline."),
        _("This cannot be undone."),
    ],
    button=_("Publish the call"),
    done=_("The call is published. Everyone can read it."),
)
OPEN_ASSESSMENT = Confirmation(
    title=_("Open the assessment"),
    consequences=[
        _("The submitted files are unsealed: the unit can read them."),
        _("Drafts that were never submitted lapse."),
        _("Nobody can submit or change an application of this call any more."),
        _("This cannot be undone."),
    ],
    button=_("Open the assessment"),
    done=_("The assessment is open. The files are ready for screening."),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer asks the head of unit to publish."""
    call = _call_in(request, reference, "calls.propose_publication", State.DRAFT)
    missing = _linked(missing_before_publication(call), call) if request.method != "POST" else []
    return _confirm(
        request,
        call,
        PROPOSE,
        missing=missing,
        act=lambda: services.propose_publication(call_id=call.pk, by=request.user, at=request.arrived_at),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def return_to_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """The head of unit sends the call back, with a reason."""
    call = _call_in(request, reference, "calls.return_to_draft", State.PROPOSED)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    return _confirm(
        request,
        call,
        RETURN,
        form=form,
        act=lambda: services.return_to_draft(call_id=call.pk, by=request.user, reason=form.cleaned_data["reason"]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """The head of unit opens the call to everyone and freezes it."""
    call = _call_in(request, reference, "calls.publish_call", State.PROPOSED)
    missing = _linked(missing_before_publication(call), call) if request.method != "POST" else []
    return _confirm(
        request,
        call,
        PUBLISH,
        missing=missing,
        act=lambda: services.publish_call(call_id=call.pk, by=request.user, at=request.arrived_at),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """An officer unseals the files, a minute after the deadline at the earliest."""
    call = _call_in(request, reference, "calls.open_assessment", State.PUBLISHED)
    return _confirm(
        request,
        call,
        OPEN_ASSESSMENT,
        missing=missing_before_assessment(call, at=request.arrived_at),
        act=lambda: services.open_assessment(call_id=call.pk, by=request.user, at=request.arrived_at),
    )


def _call_in(request: HttpRequest, reference: str, permission: str, state: State) -> Call:
    call = call_of_the_desk(request, reference)
    require(request.user, permission, call)
    refuse_if(not_in_step(call, state))
    return call


def _confirm(
    request: HttpRequest,
    call: Call,
    page: Confirmation,
    *,
    act: Callable[[], Any],
    missing: list[Problem] | None = None,
    form: ReturnForm | None = None,
) -> HttpResponse:
    """Show the page, or do the act and lead back to the call; a refusal is told on the page itself."""
    problems, status = missing or [], 200
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act()
        except NotReady as refusal:
            problems, status = _linked(refusal.problems, call), 409
        else:
            messages.success(request, str(page.done))
            return redirect("calls:desk_call", call.reference)
    context = {"call": call, "page": page, "problems": problems, "form": form}
    return render(request, "calls/desk/confirm.html", context, status=status)


def _linked(problems: list[Problem], call: Call) -> list[Problem]:
    """The same problems, each leading to its place on the page of the call."""
    desk = reverse("calls:desk_call", args=[call.reference])
    return [
        replace(problem, anchor=f"{desk}{problem.anchor}") if problem.anchor.startswith("#") else problem
        for problem in problems
    ]
