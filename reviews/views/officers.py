"""The page on which a file is given to one officer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from calls.reading import column_words
from portal.accounts.choices import Role
from portal.accounts.models import DeskOfficer, User
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require
from reviews import services
from reviews.desks import desk_names, officer_of
from reviews.forms import OfficerForm
from reviews.views.access import file_of_the_desk


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign_file(request: HttpRequest, reference: str) -> HttpResponse:
    """An officer or the head of unit says who answers for the file."""
    application = file_of_the_desk(request, reference)
    require(request.user, "reviews.assign_file", application)
    form = _form(application, request.POST if request.method == "POST" else None)
    problems: list[Problem] = []
    if form.is_valid():
        officer_id = form.cleaned_data["officer"]
        try:
            services.assign_file(
                application_id=application.pk, officer_id=officer_id, by=request.user, at=request.arrived_at
            )
        except NotReady as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("The file is in the hands of %(name)s.") % {"name": form.names[officer_id]})
            return redirect("reviews:file", reference)
    context = {
        "application": application,
        "officer": officer_of(application),
        "desk": desk_names([application], on=timezone.localdate()).get(application.pk, ""),
        "form": form,
        "problems": problems,
    }
    return render(request, "reviews/assign_file.html", context, status=409 if problems else 422 if form.errors else 200)


def _form(application: Application, typed: Any) -> OfficerForm:
    """Officers of the unit today; those at a desk with its name."""
    today, language, unit_id = timezone.localdate(), get_language() or "fr", application.call.unit_id
    desks: dict[int, list[str]] = {}
    for post in DeskOfficer.objects.in_force(today).filter(desk__unit=unit_id).select_related("desk"):
        desks.setdefault(post.officer_id, []).append(str(column_words(post.desk, "name", language)))
    return OfficerForm(typed, officers=User.objects.appointed(Role.OFFICER, unit_id=unit_id, on=today), desks=desks)
