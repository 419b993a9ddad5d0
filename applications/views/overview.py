"""The one page from which an applicant reaches everything: what is missing, what was handed in, what was decided."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.choices import APPLICANT_LABELS, EDITABLE, FINAL, WITHDRAWABLE, State
from applications.form_state import FormState, form_state
from applications.models import Application, Correction, Version
from applications.readiness import missing_before_submit
from applications.views.page import asked_correction, open_correction, own_application, show
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
    application = own_application(request, reference)
    at = request.arrived_at
    if not application.is_editable(at):
        context = _followed(application) | {
            "may_withdraw": may_withdraw(request, application),
            "may_correct": open_correction(request, application) is not None,
        }
        return show(request, "applications/followed.html", application, **context)
    prefetch_related_objects([application], *WRITTEN_IN)
    form = form_state(application)
    problems = missing_before_submit(application, at=at, form=form)
    context = {
        "may_withdraw": may_withdraw(request, application),
        "problems": problems,
        "progress": progress_of(application, form, problems, at),
        "writers": _writers(form),
        "may_submit": may(request.user, "applications.submit_application", application),
        **_versions(application),
    }
    return show(request, "applications/task_list.html", application, **context)


def _versions(application: Application) -> dict[str, Any]:
    """The version that counts, and those before it with their receipts: each was received at its own moment."""
    if application.state != State.SUBMITTED:
        return {"last": None, "earlier": []}
    *earlier, last = application.versions.defer("content")
    letters = Document.objects.issued().about(application.audit_name).defer("content") if earlier else []
    receipts = {letter.number: letter for letter in letters}
    return {"last": last, "earlier": [(version, receipts.get(version.receipt_number)) for version in reversed(earlier)]}


def may_withdraw(request: HttpRequest, application: Application) -> bool:
    """Whether the page offers the withdrawal."""
    return application.state in WITHDRAWABLE and may(request.user, "applications.withdraw_application", application)


def _followed(application: Application) -> dict[str, Any]:
    versions = list(application.versions.all())
    letters = Document.objects.issued().about(application.audit_name).defer("content")
    documents = {document.number: document for document in letters}
    decisions = [document for document in documents.values() if document.kind in DECISIONS]
    asked = asked_correction(application)
    return {
        "request_letter": documents.get(asked.number) if asked else None,
        "points": asked.points.select_related("item") if asked else [],
        "opened": list(_opened(asked)) if asked else [],
        "versions": [(version, documents.get(version.receipt_number)) for version in reversed(versions)],
        "decisions": decisions,
        "timeline": timeline_of(application, versions, decisions),
        "is_final": application.applicant_state in FINAL,
    }


def _opened(asked: Correction) -> Iterator[tuple[str, str, bool]]:
    """Each part that the correction opens: its words, the page where it is changed, and whether it was changed since."""
    application = asked.application
    files = application.annexes.filter(requirement=OuterRef("pk"), attached_at__gte=asked.requested_at)
    page = reverse("applications:annexes", args=[application.reference])
    for annex in asked.annexes.annotate(is_changed=Exists(files.order_by())):
        yield f"{annex.code} – {annex.title}", f"{page}#annex-{annex.code}", annex.is_changed
    answers = application.answers.filter(question=OuterRef("pk"), saved_at__gte=asked.requested_at)
    for question in asked.questions.select_related("section").annotate(is_changed=Exists(answers.order_by())):
        page = reverse("applications:section", args=[application.reference, question.section.code])
        yield question.label, f"{page}#id_{question.code}", question.is_changed


def timeline_of(application: Application, versions: list[Version], decisions: list[Document]) -> list[dict[str, Any]]:
    """What happened to the application, in the applicant's words; never what was decided and not yet notified.

    Each decision stands at its own notification, whatever followed: a reserve that ended was a reserve first.
    """
    happened = [(_("Version %(number)s submitted") % {"number": row.number}, row.submitted_at) for row in versions]
    correction = getattr(application, "correction", None)
    if correction is not None:
        happened.append((_("Correction asked of you"), correction.requested_at))
        happened += [(_("Correction not answered in time"), correction.expired_at)] if correction.expired_at else []
    if application.set_aside_at:
        happened.append((_("Changes made after your submission set aside: not submitted"), application.set_aside_at))
    if not versions:
        happened.append((_("Draft started"), application.created_at))
    told = [(str(APPLICANT_LABELS[State(letter.outcome)]), letter.released_at) for letter in decisions]
    happened += [(label, moment) for label, moment in told if moment is not None]
    ended = application.call.cancelled_at if application.state == State.CALL_CANCELLED else application.withdrawn_at
    happened += [(str(APPLICANT_LABELS[application.applicant_state]), ended)] if ended is not None else []
    happened.sort(key=lambda entry: entry[1])
    entries = [_entry(label, moment, state="done") for label, moment in happened]
    if ended is not None or (decisions and application.applicant_state in {*FINAL, State.ON_RESERVE} - {State.LAPSED}):
        entries[-1]["state"] = "now"
    elif application.state not in EDITABLE:
        entries.append({"label": application.applicant_label, "state": "now"})
    return entries


def _entry(label: str, moment: datetime, *, state: str) -> dict[str, Any]:
    return {"label": label, "at": moment, "when": long_moment(moment, get_language() or "fr"), "state": state}


def _writers(form: FormState) -> list[tuple[str, str]]:
    """Who wrote answers, and when last."""
    language = get_language() or "fr"
    latest: dict[Any, datetime] = {}
    for answer in sorted(form.answers.values(), key=lambda answer: answer.saved_at):
        latest[answer.saved_by] = answer.saved_at
    return [
        (person.name, _last_written(moment, language))
        for person, moment in sorted(latest.items(), key=lambda pair: pair[1], reverse=True)
    ]


def _last_written(moment: datetime, language: str) -> str:
    shown = {"day": long_day(moment, language), "time": clock_time(moment, language)}
    return _("last wrote on %(day)s at %(time)s") % shown
