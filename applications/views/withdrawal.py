"""Withdrawing, on a page of its own that says what follows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.forms import WithdrawalForm
from applications.models import Application
from applications.readiness import missing_before_withdrawal
from applications.services import withdraw_application
from applications.views.page import REFUSED, own_application, show
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require

PAGE = "applications/withdraw.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """The signatory takes the application back, with a reason."""
    application = own_application(request, reference)
    require(request.user, "applications.withdraw_application", application)
    if request.method != "POST":
        return _page(request, application, WithdrawalForm())
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _page(request, application, form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        withdraw_application(application_id=application.pk, by=request.user, reason=reason, at=request.arrived_at)
    except NotReady as refused:
        return _page(request, application, form, problems=refused.problems, status=REFUSED)
    messages.success(request, _("The application is withdrawn."))
    return redirect(application)


def _page(
    request: HttpRequest,
    application: Application,
    form: WithdrawalForm,
    *,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    obstacles = [row for row in missing_before_withdrawal(application, "-") if row.code == "state"]
    context = {"here": _("Withdraw"), "form": form, "problems": problems or obstacles, "is_possible": not obstacles}
    return show(request, PAGE, application, status=status, **context)
