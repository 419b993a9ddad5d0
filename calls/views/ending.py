"""How the desk ends a call: the page on which it is cancelled, and the page on which it is archived."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from calls import services
from calls.choices import CANCELLABLE, State
from calls.forms import ReasonForm
from calls.readiness import missing_before_archiving, missing_before_cancelling
from calls.views.confirming import Confirmation, call_in, confirm

CANCEL = Confirmation(
    title=_("Cancel the call"),
    consequences=[
        _("Nobody can submit an application or change one any more."),
        _(
            "Every application without a final decision is cancelled. Each applicant is told by e-mail, also of a draft."
        ),
        _("A published call stays readable, with your reason in French and Dutch."),
        _("This cannot be undone."),
    ],
    button=_("Cancel the call"),
    done=_("The call is cancelled. The applicants are being told."),
    is_grave=True,
)
ARCHIVE = Confirmation(
    title=_("Archive the call"),
    consequences=[
        _("The call stays readable for everyone, among the closed ones."),
        _("Nothing of it can change any more."),
        _("This cannot be undone."),
    ],
    button=_("Archive the call"),
    done=_("The call is archived."),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """The head of unit ends the call without decisions, and says why."""
    call = call_in(request, reference, "calls.cancel_call", *CANCELLABLE)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return confirm(
        request,
        call,
        CANCEL,
        missing=missing_before_cancelling(call),
        form=form,
        act=lambda: services.cancel_call(call_id=call.pk, by=request.user, reason=form.reason, at=request.arrived_at),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, reference: str) -> HttpResponse:
    """An officer puts a decided call away, once nobody can appeal any more."""
    call = call_in(request, reference, "calls.archive_call", State.DECIDED)
    return confirm(
        request,
        call,
        ARCHIVE,
        missing=missing_before_archiving(call, at=request.arrived_at),
        act=lambda: services.archive_call(call_id=call.pk, by=request.user, at=request.arrived_at),
    )
