"""The applicant's list, and the start of a new application."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.choices import FINAL, State
from applications.forms import StartForm
from applications.models import Application
from applications.services import start_application
from applications.views.page import REFUSED, sentence_of_time_left
from calls.models import Call
from portal.accounts.choices import Language
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require, visible_or_404
from portal.core.numbered_pages import numbered_page
from portal.organisations.models import Organisation

ON_A_PAGE = 20
TAGS = {
    State.DRAFT: "warn",
    State.CORRECTION_REQUESTED: "warn",
    **dict.fromkeys(FINAL, ""),
    State.AWARDED: "ok",
}


@dataclass(frozen=True)
class Row:
    """One application in the list, in the applicant's words."""

    application: Application
    tag: str
    left: str
    is_unsent: bool


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The applications of the person's organisations, the newest first."""
    require(request.user, "applications.see_own")
    own = Application.objects.of_the_organisations_of(request.user).visible_to(request.user)
    page = numbered_page(
        own.select_related("call", "organisation", "correction").order_by("-pk"), request, size=ON_A_PAGE
    )
    rows = [_row(application, request) for application in page.rows]
    return render(request, "applications/mine.html", {"rows": rows, "page": page})


def _row(application: Application, request: HttpRequest) -> Row:
    is_open = application.is_editable(request.arrived_at)
    is_unsent = is_open and (application.state == State.DRAFT or application.has_unsent_changes)
    return Row(
        application=application,
        tag="warn" if is_unsent else TAGS.get(application.applicant_state, "info"),
        left=sentence_of_time_left(application.call, request.arrived_at) if is_open else "",
        is_unsent=is_unsent,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the organisation and the language; then the draft exists. A bare button on the call leads here too."""
    require(request.user, "applications.see_own")
    call = visible_or_404(Call, request.user, reference=reference)
    own = list(Organisation.objects.visible_to(request.user))
    if request.method == "POST" and "language" not in request.POST:
        return redirect("applications:start", reference)
    if request.method != "POST":
        return _ask(request, call, StartForm(initial=_beforehand(request, own), organisations=own))
    form = StartForm(request.POST, organisations=own)
    if not form.is_valid():
        return _ask(request, call, form, status=422)
    try:
        application = start_application(
            call_id=call.pk,
            organisation_id=form.cleaned_data["organisation"].pk,
            by=request.user,
            at=request.arrived_at,
            language=form.cleaned_data["language"],
        )
    except NotReady as refused:
        return _ask(request, call, form, problems=refused.problems, status=REFUSED)
    messages.success(request, _("Your draft is ready. Nobody but your organisation sees it."))
    return redirect(application)


def _beforehand(request: HttpRequest, own: list[Organisation]) -> dict[str, object]:
    here = request.LANGUAGE_CODE
    language = here if here in Language.values else request.user.language
    return {"language": language, "organisation": own[0].pk if len(own) == 1 else None}


def _ask(
    request: HttpRequest, call: Call, form: StartForm, *, problems: list[Problem] | None = None, status: int = 200
) -> HttpResponse:
    closed = [] if call.is_open(request.arrived_at) else [_not_open()]
    context = {"call": call, "form": form, "problems": problems or closed, "is_open": not closed}
    return render(request, "applications/start.html", context, status=status)


def _not_open() -> Problem:
    return Problem("call_not_open", _("This call is not open for applications."))
