"""The acts of the desk: each has a page of its own that says what follows, and is done by sending that page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from calls import services
from calls.choices import State
from calls.forms import ReturnForm
from calls.readiness import missing_before_assessment, missing_before_publication
from calls.views.confirming import Confirmation, call_in, confirm, linked

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
    call = call_in(request, reference, "calls.propose_publication", State.DRAFT)
    missing = linked(missing_before_publication(call), call) if request.method != "POST" else []
    return confirm(
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
    call = call_in(request, reference, "calls.return_to_draft", State.PROPOSED)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    return confirm(
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
    call = call_in(request, reference, "calls.publish_call", State.PROPOSED)
    missing = linked(missing_before_publication(call), call) if request.method != "POST" else []
    return confirm(
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
    call = call_in(request, reference, "calls.open_assessment", State.PUBLISHED)
    return confirm(
        request,
        call,
        OPEN_ASSESSMENT,
        missing=missing_before_assessment(call, at=request.arrived_at),
        act=lambda: services.open_assessment(call_id=call.pk, by=request.user, at=request.arrived_at),
    )
