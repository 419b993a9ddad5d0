"""What waits for someone who applies: drafts with their deadline and what they lack, then what was handed in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from applications.choices import FINAL, REFUSED_AT_THE_DOOR, State
from applications.form_state import FormState
from applications.models import Annex, Application
from applications.readiness import missing_before_submit
from calls.structure import structure_of
from portal.core.dates import long_day, long_moment
from portal.dashboard.groups import Group, Line, file_line, whole

LISTED = 30
TOLD = {State.AWARDED, State.REJECTED, State.ON_RESERVE, *REFUSED_AT_THE_DOOR}


def for_applicant(user: Any, *, at: datetime) -> list[Group]:
    """Drafts of open calls, applications under way, and decisions, of the person's organisations."""
    rows = Application.objects.of_the_organisations_of(user).exclude(state=State.LAPSED)
    found = list(rows.select_related("call", "organisation", "correction").order_by("-pk")[:LISTED])
    open_drafts = {row.pk for row in found if row.state == State.DRAFT and row.call.is_open(at)}
    drafts = _with_their_parts(open_drafts) if open_drafts else []
    to_correct = [row for row in found if row.state == State.CORRECTION_REQUESTED]
    elsewhere = TOLD | FINAL | {State.DRAFT, State.CORRECTION_REQUESTED}
    under_way = [row for row in found if row.applicant_state not in elsewhere]
    decided = [row for row in found if row.applicant_state in TOLD]
    return [
        whole(_("Corrections asked of you"), [_correction_line(row) for row in to_correct]),
        whole(_("Drafts to finish"), [_draft_line(draft, at) for draft in drafts]),
        whole(_("Decisions"), [_decision_line(row) for row in decided]),
        whole(_("Submitted applications"), [_submitted_line(row) for row in under_way]),
    ]


def _with_their_parts(pks: Iterable[int]) -> list[Application]:
    """The drafts with all that readiness looks at, in a fixed number of queries; the first deadline first."""
    rows = Application.objects.filter(pk__in=pks).select_related("call", "organisation", "track", "lot", "sector")
    parts = ("goals", "answers", "budget_lines", "income_lines", "annexes")
    return list(rows.prefetch_related(*parts).order_by("call__closes_at", "pk"))


def _form_of(draft: Application) -> FormState:
    """The form beside its answers, from what was already read."""
    annexes: dict[int, list[Annex]] = {}
    for annex in draft.annexes.all():
        annexes.setdefault(annex.requirement_id, []).append(annex)
    answers = {answer.question_id: answer for answer in draft.answers.all()}
    sections = structure_of(draft.call).sections
    return FormState(application=draft, sections=sections, answers=answers, annexes=annexes)


def _draft_line(draft: Application, at: datetime) -> Line:
    missing = len(missing_before_submit(draft, at=at, form=_form_of(draft)))
    words = ngettext("%(number)s point missing", "%(number)s points missing", missing) % {"number": missing}
    deadline = long_moment(draft.call.closes_at, get_language() or "fr")
    return file_line(
        draft,
        draft.get_absolute_url(),
        _("%(organisation)s – NOT SUBMITTED – deadline %(moment)s")
        % {"organisation": draft.organisation.name, "moment": deadline},
        words if missing else _("Ready to submit"),
        "warn" if missing else "ok",
    )


def _correction_line(row: Any) -> Line:
    due = long_moment(row.correction.due_at, get_language() or "fr")
    note = _("%(organisation)s – your action is needed before %(moment)s")
    shown = {"organisation": row.organisation.name, "moment": due}
    return file_line(row, row.get_absolute_url(), note % shown, row.applicant_label, "warn")


def _submitted_line(row: Any) -> Line:
    day = long_day(row.submitted_at, get_language() or "fr")
    note = _("%(organisation)s – submitted on %(day)s") % {"organisation": row.organisation.name, "day": day}
    if row.has_unsent_changes:
        return file_line(row, row.get_absolute_url(), note, _("Changes not submitted"), "warn")
    return file_line(row, reverse("applications:submitted", args=[row.reference]), note, row.applicant_label, "info")


def _decision_line(row: Any) -> Line:
    day = long_day(row.notified_at, get_language() or "fr")
    note = _("%(organisation)s – notified on %(day)s") % {"organisation": row.organisation.name, "day": day}
    tag = "ok" if row.state == State.AWARDED else ""
    return file_line(row, row.get_absolute_url(), note, row.applicant_label, tag)
