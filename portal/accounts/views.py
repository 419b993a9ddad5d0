"""A session that goes on; the administrator's pages: roles, letters and mails not ready. No content of any file."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.forms import RetryForm
from portal.accounts.jobs import documents_not_ready, mails_not_ready
from portal.accounts.models import User
from portal.core.gate import require
from portal.core.numbered_pages import numbered_page
from portal.documents.services import retry_document

PEOPLE_ON_A_PAGE = 50


@login_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """The session lasts as long as a new one; the warning is put away without a new page, so that typing goes on."""
    request.session.stay()
    if request.htmx:
        return render(request, "components/session.html")
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, with their roles, units, desks and mandates, by name."""
    require(request.user, "accounts.see_people")
    rows = User.objects.visible_to(request.user).prefetch_related("appointments__unit", "desk_posts__desk", "mandates")
    page = numbered_page(rows, request, size=PEOPLE_ON_A_PAGE)
    return render(request, "accounts/people.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def jobs(request: HttpRequest) -> HttpResponse:
    """Letters and mails that are not ready; a letter that failed can be asked for again."""
    require(request.user, "accounts.see_jobs")
    form = RetryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        retry_document(document_id=form.cleaned_data["document"], by=request.user, at=request.arrived_at)
        messages.success(request, _("The document is asked for again."))
        return redirect("jobs")
    context = {
        "documents": documents_not_ready(request.arrived_at),
        "mails": mails_not_ready(request.arrived_at),
    }
    return render(request, "accounts/jobs.html", context, status=400 if form.errors else 200)
