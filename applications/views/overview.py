"""The one page from which an applicant reaches everything: what is missing, what was handed in, what was decided."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.choices import EDITABLE, FINAL, State
from applications.form_state import FormState, form_state
from applications.models import Application, Version
from applications.readiness import missing_before_submit
from applications.views.page import own_application, show
from applications.views.progress import progress_of
from portal.core.dates import clock_time, long_day, long_moment
from portal.core.gate import may
from portal.documents.choices import DECISIONS
from portal.documents.models import Document

WRITTEN_IN = ("budget_lines", "income_lines", "goals")


@login_required
@require_safe
def task_list(request: HttpRequest, reference: str) -> HttpResponse:
    """While it can be written: the parts and what is missing. Afterwards: what was handed in, and where it stands."""
    application = own_application(request, reference, *WRITTEN_IN)
    at = request.arrived_at
    if not application.is_editable(at):
        return show(request, "applications/followed.html", application, **_followed(application))
    form = form_state(application)
    problems = missing_before_submit(application, at=at, form=form)
    context = {
        "problems": problems,
        "progress": progress_of(application, form, problems, at),
        "writers": _writers(form, request.user, at),
        "may_submit": may(request.user, "applications.submit_application", application),
        "last": application.versions.last() if application.state == State.SUBMITTED else None,
    }
    return show(request, "applications/task_list.html", application, **context)


def _followed(application: Application) -> dict[str, Any]:
    versions = list(application.versions.all())
    letters = Document.objects.issued().about(application.audit_name).defer("content")
    documents = {document.number: document for document in letters}
    return {
        "versions": [(version, documents.get(version.receipt_number)) for version in reversed(versions)],
        "decisions": [document for document in documents.values() if document.kind in DECISIONS],
        "timeline": timeline_of(application, versions),
        "is_final": application.applicant_state in FINAL,
    }


def timeline_of(application: Application, versions: list[Version]) -> list[dict[str, Any]]:
    """What happened to the application, in the applicant's words; never what was decided and not yet notified."""
    happened = [(_("Version %(number)s submitted") % {"number": row.number}, row.submitted_at) for row in versions]
    if not versions:
        happened.append((_("Draft started"), application.created_at))
    if application.notified_at:
        happened.append((application.applicant_label, application.notified_at))
    entries = [_entry(label, moment, state="done") for label, moment in happened]
    if application.applicant_state in {*FINAL, State.ON_RESERVE} and application.notified_at:
        entries[-1]["state"] = "now"
    elif application.state not in EDITABLE:
        entries.append({"label": application.applicant_label, "state": "now"})
    return entries


def _entry(label: str, moment: datetime, *, state: str) -> dict[str, Any]:
    return {"label": label, "at": moment, "when": long_moment(moment, get_language() or "fr"), "state": state}


def _writers(form: FormState, reader: Any, at: datetime) -> list[tuple[str, str]]:
    """Who wrote answers, and when last; the reader stands as "You"."""
    language = get_language() or "fr"
    latest: dict[Any, datetime] = {}
    for answer in sorted(form.answers.values(), key=lambda answer: answer.saved_at):
        latest[answer.saved_by] = answer.saved_at
    return [
        (_("You") if person == reader else person.name, _last_written(moment, at, language))
        for person, moment in sorted(latest.items(), key=lambda pair: pair[1], reverse=True)
    ]


def _last_written(moment: datetime, at: datetime, language: str) -> str:
    shown = {"day": long_day(moment, language), "time": clock_time(moment, language)}
    return _("last wrote on %(day)s at %(time)s") % shown
