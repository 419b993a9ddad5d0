"""Entering a paper application: choose its call, then type what the paper says."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.services import register_paper_application
from applications.services.paper import SCAN_KINDS, TAKES_PAPER
from calls.models import Call
from calls.reading import column_words
from portal.accounts.choices import Role
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import require, visible_or_404
from portal.core.organisation_numbers import WrongNumber, clean_enterprise_number
from portal.organisations.models import Organisation
from reviews.desk_forms import PaperForm, sign_scan
from reviews.views.scans import Scan, scan_of


@login_required
@require_safe
def paper_calls(request: HttpRequest) -> HttpResponse:
    """The calls of the officer's units that take applications or assess them."""
    require(request.user, "reviews.enter_paper")
    calls = Call.objects.filter(unit__in=request.user.units_as(Role.OFFICER), state__in=TAKES_PAPER)
    language = get_language() or "fr"
    shown = [(call, column_words(call, "title", language)) for call in calls.order_by("-closes_at", "reference")]
    return render(request, "reviews/paper_calls.html", {"calls": shown})


@login_required
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper application of one call; nothing that was typed or sent is lost when it cannot be entered yet."""
    require(request.user, "reviews.enter_paper")
    call = visible_or_404(Call.objects.of_the_desk(request.user), request.user, reference=reference)
    require(request.user, "applications.register_paper", call)
    if request.method != "POST":
        return _page(request, call, PaperForm(call=call))
    form = PaperForm(request.POST, request.FILES, call=call)
    scan = scan_of(form, allowed=SCAN_KINDS, lacking=_("Choose the scan of the paper application."))
    if not form.is_valid() or scan[0] is None:
        return _page(request, call, form, scan=scan, status=422)
    try:
        application = register_paper_application(
            call_id=call.pk,
            by=request.user,
            organisation=_organisation(form),
            paper=form.paper(scan[0], scan[1]),
            at=request.arrived_at,
        )
    except NotReady as refusal:
        return _page(request, call, form, scan=scan, problems=refusal.problems, status=409)
    shown = {"reference": application.reference}
    messages.success(
        request, _("The paper application is entered as %(reference)s. Its receipt is being made.") % shown
    )
    return redirect(*_after(application))


def _organisation(form: PaperForm) -> Any:
    """The organisation that the portal knows by its number; else the one that was typed."""
    try:
        number = clean_enterprise_number(form.cleaned_data["enterprise_number"])
    except WrongNumber:
        return form.organisation()
    return Organisation.objects.filter(enterprise_number=number).first() or form.organisation()


def _after(application: Any) -> tuple[str, ...]:
    """Its file; while the files of the call are sealed, the list of calls."""
    if application.call.assessment_opened_at is None:
        return ("reviews:paper_calls",)
    return ("reviews:file", application.reference)


def _page(
    request: HttpRequest,
    call: Call,
    form: PaperForm,
    *,
    scan: Scan = (None, ""),
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "call": call,
        "call_title": column_words(call, "title", get_language() or "fr"),
        "form": form,
        "problems": list(problems),
        "scan_name": scan[1] if scan[0] else "",
        "kept": sign_scan(scan[0], scan[1]) if scan[0] else "",
    }
    return render(request, "reviews/paper.html", context, status=status)
