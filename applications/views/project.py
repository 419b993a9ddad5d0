"""The page of the project's identity."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.forms import ProjectForm
from applications.models import Application
from applications.services import save_project
from applications.views.page import REFUSED, REFUSED_IN_PLACE, only_read, own_application, show, signed_in
from portal.core.exceptions import NotReady, Problem

PAGE = "applications/project.html"
IN_PLACE = "applications/project_saved.html"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def project(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that can be kept is saved; what cannot comes back as it was typed, with the reason beside it."""
    application = own_application(request, reference, "goals")
    if request.method != "POST":
        closed = only_read(request, application)
        return closed or _page(request, application, ProjectForm.as_saved(application))
    # The form writes what it read into its row: the page above it goes on showing what is kept.
    form = ProjectForm(request.POST, instance=copy(application), call=application.call)
    form.full_clean()
    try:
        saved = save_project(application_id=application.pk, by=request.user, values=form.kept, at=request.arrived_at)
    except NotReady as refused:
        return _refused(request, application, form, refused.problems)
    application.changed_at = saved.changed_at
    if request.htmx:
        return show(request, IN_PLACE, application, form=form, status=200 if form.is_all_kept else REFUSED_IN_PLACE)
    if not form.is_all_kept:
        return _page(request, application, form, status=422)
    messages.success(request, _("Saved."))
    stays = form.errors or "stay" in request.POST
    return redirect("applications:project" if stays else "applications:task_list", reference)


def _page(
    request: HttpRequest, application: Application, form: ProjectForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    return show(request, PAGE, application, status=status, form=form, here=_("Your project"), **context)


def _refused(
    request: HttpRequest, application: Application, form: ProjectForm, problems: list[Problem]
) -> HttpResponse:
    if request.htmx:
        return show(request, IN_PLACE, application, form=form, refused=problems, status=REFUSED_IN_PLACE)
    return _page(request, application, form, refused=problems, status=REFUSED)
