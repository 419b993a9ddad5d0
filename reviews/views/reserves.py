"""A file is lifted from the reserve list: the officer's confirmation page. Its list is then approved as any other."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.choices import State
from portal.core.exceptions import NotReady, Problem, refuse_if
from portal.core.gate import require
from reviews import services
from reviews.steps import file_not_in
from reviews.views.access import call_of_the_desk, file_of_the_desk


@login_required
@require_http_methods(["GET", "POST"])
def promote(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer freezes a proposal of one file, paid from the money that came free."""
    application = file_of_the_desk(request, reference)
    call = call_of_the_desk(request, application.call.reference)
    require(request.user, "reviews.freeze_proposal", call)
    refuse_if(file_not_in(application, State.ON_RESERVE))
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            proposal = services.promote_from_reserve(
                application_id=application.pk, by=request.user, at=request.arrived_at
            )
        except NotReady as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("The proposal is frozen. The head of unit can approve it or return it."))
            return redirect(proposal.page("board"))
    context = {
        "application": application,
        "call": call,
        "reserve": services.standing_reserve(application),
        "problems": problems,
    }
    return render(request, "reviews/promote.html", context, status=409 if problems else 200)
