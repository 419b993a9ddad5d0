"""Handing in, on a page of its own, and the receipt."""

import json
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.choices import State
from applications.documents import STEPS_AFTER_RECEIPT
from applications.form_state import form_state
from applications.forms import SubmissionForm
from applications.models import Application, Version
from applications.readiness import missing_before_submit
from applications.services import submit_application
from applications.views.overview import WRITTEN_IN
from applications.views.page import REFUSED, own_application, show, signed_in
from portal.core.dates import long_day, long_moment
from portal.core.exceptions import NotReady, Problem
from portal.core.gate import may, require
from portal.documents.models import Document
from portal.organisations.choices import MemberRole

STEPS_TO_COME = [kind for kind in STEPS_AFTER_RECEIPT if kind != "deadline"]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """What is missing, or what will happen; then the signatory hands the application in."""
    application = own_application(request, reference, *WRITTEN_IN)
    if request.method != "POST":
        return _before(request, application)
    require(request.user, "applications.submit_application", application)
    form = SubmissionForm(request.POST)
    if not form.is_valid():
        return _before(request, application, refused=[_out_of_date()])
    try:
        submit_application(
            application_id=application.pk,
            by=request.user,
            arrived_at=request.arrived_at,
            key=form.cleaned_data["key"],
        )
    except NotReady as refusal:
        return _before(request, application, refused=refusal.problems)
    return redirect("applications:submitted", reference)


def _before(request: HttpRequest, application: Application, *, refused: list[Problem] | None = None) -> HttpResponse:
    """The page before the act. After a refusal it says why (409), and the draft stays as it was."""
    state = form_state(application)
    missing = missing_before_submit(application, at=request.arrived_at, form=state)
    may_submit = may(request.user, "applications.submit_application", application)
    context: dict[str, Any] = {
        "here": _("Submit"),
        "problems": refused or missing,
        "is_refused": bool(refused),
        "form": SubmissionForm.fresh(),
        "may_submit": may_submit,
        "signatories": [] if may_submit else _signatories(application),
        "files": sum(len(files) for files in state.annexes.values()),
        "requested": sum(line.amount for line in application.income_lines.all() if line.kind == "grant_requested"),
        "next_number": application.versions.count() + 1 if may_submit else None,
        "has_nothing_new": application.state == State.SUBMITTED and not application.has_unsent_changes,
    }
    return show(request, "applications/submit.html", application, status=REFUSED if refused else 200, **context)


def _out_of_date() -> Problem:
    return Problem("key", _("This page is out of date. Check it once more, then submit."))


def _signatories(application: Application) -> list[str]:
    owners = application.organisation.memberships.filter(role=MemberRole.OWNER, user__is_active=True)
    return list(owners.order_by("user__name").values_list("user__name", flat=True))


@signed_in
@require_safe
def submitted(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt of the last version: when, which, its fingerprint, and the sealed document as soon as it is made."""
    application = own_application(request, reference)
    version = application.versions.select_related("submitted_by").last()
    if version is None:
        return redirect(application)
    is_entered = application.is_on_paper and version.submitted_by_id == application.created_by_id
    context = {
        "version": version,
        "project_title": json.loads(version.content)["project"]["title"],
        "document": _receipt(application, version),
        "is_entered_by_service": is_entered,
    }
    if request.htmx:
        return show(request, "applications/parts/receipt.html", application, **context)
    return show(
        request,
        "applications/submitted.html",
        application,
        here=_("Receipt"),
        steps=_steps(application, request.arrived_at),
        **context,
    )


def _receipt(application: Application, version: Version) -> Document | None:
    letters = Document.objects.issued().about(application.audit_name).defer("content")
    return letters.filter(number=version.receipt_number).first()


def _steps(application: Application, at: datetime) -> list[dict[str, Any]]:
    """The dates that the call announces for what comes next; the deadline only while it can still be met."""
    language = get_language() or "fr"
    entries = {entry.kind: entry for entry in application.call.calendar.all()}
    deadline = {
        "label": _("Until then you can change it and submit again"),
        "when": long_moment(application.call.closes_at, language),
        "at": application.call.closes_at,
    }
    announced = [entries[kind] for kind in STEPS_TO_COME if kind in entries]
    later = [
        {
            "label": entry.get_kind_display(),
            "when": long_moment(entry.at, language) if entry.at else long_day(entry.on, language),
            "at": entry.at or entry.on,
        }
        for entry in announced
    ]
    return [deadline, *later] if application.is_editable(at) else later
