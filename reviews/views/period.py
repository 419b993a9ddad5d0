"""The page on which an officer reads the start and the length of a project from the scan of its paper application."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import services
from portal.core.exceptions import NotReady
from portal.core.gate import require
from reviews.desk_forms import PeriodForm
from reviews.views.access import file_of_the_desk


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_period(request: HttpRequest, reference: str) -> HttpResponse:
    """The two facts that an award letter prints, for a file that came on paper without them."""
    application = file_of_the_desk(request, reference)
    require(request.user, "applications.record_period", application)
    form = PeriodForm(
        request.POST if request.method == "POST" else None,
        initial={"starts_on": application.starts_on, "duration": application.duration},
    )
    context = {"application": application, "form": form, "problems": []}
    if not form.is_valid():
        return render(request, "reviews/record_period.html", context, status=422 if form.errors else 200)
    try:
        services.record_period(
            application_id=application.pk, by=request.user, at=request.arrived_at, **form.cleaned_data
        )
    except NotReady as refusal:
        context["problems"] = refusal.problems
        return render(request, "reviews/record_period.html", context, status=409)
    messages.success(request, _("The start and the length of the project are recorded."))
    return redirect("reviews:file_application", reference)
