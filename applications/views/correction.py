"""Sending a correction, on a page of its own: what changes, and what follows. The parts are changed on their own pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from applications.readiness import missing_before_correct
from applications.services import correct_application
from applications.views.page import REFUSED, asked_correction, own_application, show
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """The signatory sends the corrected parts; the file then goes on where it was."""
    application = own_application(request, reference)
    require(request.user, "applications.correct_application", application)
    if request.method != "POST":
        return _page(request, application)
    try:
        version = correct_application(application_id=application.pk, by=request.user, arrived_at=request.arrived_at)
    except NotReady as refused:
        return _page(request, application, refused=refused.problems)
    messages.success(request, _("Your correction is sent as version %(number)s.") % {"number": version.number})
    return redirect("applications:submitted", reference)


def _page(request: HttpRequest, application: Application, *, refused: list[Problem] | None = None) -> HttpResponse:
    asked = asked_correction(application)
    context = {
        "here": _("Send the correction"),
        "problems": refused or missing_before_correct(application, at=request.arrived_at),
        "is_refused": bool(refused),
        "files": application.annexes.filter(requirement__in=asked.annexes.all()) if asked else [],
        "answers": application.answers.filter(question__in=asked.questions.all()) if asked else [],
        "next_number": application.versions.count() + 1,
    }
    return show(request, "applications/correct.html", application, status=REFUSED if refused else 200, **context)
