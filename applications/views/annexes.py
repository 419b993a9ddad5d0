"""Annexes: attach, take away, fetch. What may be stored is said by portal.files."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import services
from applications.form_state import FormState, form_state
from applications.forms import AnnexForm
from applications.models import Annex, Application
from applications.readiness import missing_before_edit
from applications.views.page import REFUSED, asked_correction, only_read, open_correction, own_application, show
from calls.models import AnnexRequirement
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require
from portal.files.inspection import too_large
from portal.files.kinds import as_accepted
from portal.files.names import name_too_long
from portal.files.responses import file_response
from portal.files.services import UnacceptableFile
from portal.files.uploadhandler import BoundedUploadHandler

PAGE = "applications/annexes.html"
UNACCEPTABLE = 422
TOO_LARGE = 413
# A file that is a little too large is read to its end and told so; a body many times larger is refused unread, and a
# browser that is still sending may then show an error of its own.
UNREAD_ABOVE = 5


@dataclass(frozen=True)
class Place:
    """One annex that is asked for: its files, and what went wrong with the last one."""

    requirement: AnnexRequirement
    files: list[Annex]
    trouble: str


# The handler of uploads must be chosen before anything reads the body, and the check of the token reads it: hence the
# view that Django does not check, around the one that it does.
@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def annexes(request: HttpRequest, reference: str) -> HttpResponse:
    """The annexes that are asked for, each with its files and a place to send one."""
    if request.method == "POST" and _announced_length(request) > UNREAD_ABOVE * settings.MAX_ANNEX_BYTES:
        application = own_application(request, reference)
        problem = Problem("too_large", too_large(settings.MAX_ANNEX_BYTES))
        return _page(request, form_state(application), problems=[problem], status=TOO_LARGE)
    request.upload_handlers = [BoundedUploadHandler(request)]
    return _annexes(request, reference)


def _announced_length(request: HttpRequest) -> int:
    """The length of the body as its sender announced it; a server gives no more than that to Django."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdecimal() else 0


@csrf_protect
def _annexes(request: HttpRequest, reference: str) -> HttpResponse:
    application = own_application(request, reference)
    state = form_state(application)
    asked = _asked(request, state)
    if request.method != "POST":
        is_opened = bool(asked) and open_correction(request, application) is not None
        return (None if is_opened else only_read(request, application)) or _page(request, state)
    if asked_correction(application) is not None:
        require(request.user, "applications.correct_application", application)
    late = list(missing_before_edit(application, at=request.arrived_at, parts=asked))
    if late:
        return _page(request, state, problems=late, status=REFUSED)
    form = AnnexForm(request.POST, request.FILES, requirements=asked)
    # Known once the body is read, which the line above does at the latest.
    if request.upload_handlers[0].is_name_too_long:
        return _unacceptable(request, state, request.POST.get("annex", ""), name_too_long())
    if not form.is_valid():
        return _unacceptable(request, state, request.POST.get("annex", ""), form.first_trouble)
    return _attach(request, state, form)


def _asked(request: HttpRequest, state: FormState) -> list[AnnexRequirement]:
    """The annexes that are asked for; during a correction those that it opens, and no other."""
    correction = open_correction(request, state.application)
    return state.requirements() if correction is None else list(correction.annexes.all())


def _attach(request: HttpRequest, state: FormState, form: AnnexForm) -> HttpResponse:
    application, requirement = state.application, form.requirement
    try:
        annex, is_new = services.attach_annex(
            application_id=application.pk,
            requirement=requirement,
            by=request.user,
            upload=form.cleaned_data["file"],
            at=request.arrived_at,
        )
    except UnacceptableFile as refused:
        return _unacceptable(request, state, requirement.code, str(refused))
    except NotReady as refused:
        return _page(request, state, problems=refused.problems, status=REFUSED)
    shown = {"name": annex.name, "code": requirement.code}
    if is_new:
        messages.success(request, _("“%(name)s” is attached as annex %(code)s.") % shown)
    else:
        messages.info(
            request, _("This file was already attached as annex %(code)s, under the name “%(name)s”.") % shown
        )
    return redirect(f"{_address(application)}#annex-{requirement.code}")


def _unacceptable(request: HttpRequest, state: FormState, code: str, trouble: str) -> HttpResponse:
    sentence = _("Annex %(code)s: %(trouble)s") % {"code": code, "trouble": trouble}
    problem = Problem("unacceptable_file", sentence, f"#file-{code}")
    return _page(request, state, problems=[problem], troubles={code: trouble}, status=UNACCEPTABLE)


def _page(
    request: HttpRequest,
    state: FormState,
    *,
    problems: list[Problem] | None = None,
    troubles: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    places = [
        Place(requirement, state.files_for(requirement), (troubles or {}).get(requirement.code, ""))
        for requirement in _asked(request, state)
    ]
    context: dict[str, Any] = {
        "here": _("Annexes"),
        "places": places,
        "problems": problems or [],
        "accepted": as_accepted(),
        "limit": settings.MAX_ANNEX_BYTES,
    }
    return show(request, PAGE, state.application, status=status, **context)


@login_required
@require_POST
def remove_annex(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The file is no longer attached; a version that was handed in with it keeps it."""
    application = own_application(request, reference)
    annex = _annex(application, pk)
    try:
        services.remove_annex(application_id=application.pk, annex_id=annex.pk, by=request.user, at=request.arrived_at)
    except NotReady as refused:
        return _page(request, form_state(application), problems=refused.problems, status=REFUSED)
    messages.success(request, _("“%(name)s” is no longer attached.") % {"name": annex.name})
    return redirect(f"{_address(application)}#annex-{annex.requirement.code}")


@login_required
@require_safe
def download_annex(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """The file, for those who applied with it."""
    annex = _annex(own_application(request, reference), pk)
    return file_response(annex.stored_file, annex.name)


def _annex(application: Application, pk: int) -> Annex:
    found = application.annexes.select_related("stored_file", "requirement").filter(pk=pk).first()
    if found is None:
        raise Http404("No such annex.")
    return found


def _address(application: Application) -> str:
    return reverse("applications:annexes", args=[application.reference])
