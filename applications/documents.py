"""The receipt and the notice of cancellation of an application as data; how they look is said in their templates."""

import json
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from applications.choices import Channel
from applications.models import Application, Version
from calls.choices import CalendarKind
from calls.models import Call
from calls.reading import column_words
from portal.core.dates import BRUSSELS
from portal.documents.choices import Kind
from portal.documents.registry import Content, register_builder

STEPS_AFTER_RECEIPT = (
    CalendarKind.DEADLINE,
    CalendarKind.COMPLETENESS_CHECKS_DONE,
    CalendarKind.ASSESSMENT_UNTIL,
    CalendarKind.AWARD_DECISION_EXPECTED,
    CalendarKind.NOTIFICATION_EXPECTED,
)


def letter_head(application: Application) -> dict[str, Any]:
    """What every letter about an application says first: the service, the call, the file, the applicant."""
    call, organisation = application.call, application.organisation
    return {
        "unit": {
            "name": call.unit.name,
            "address": call.unit.address,
            "phone": call.unit.phone,
            "email": call.unit.email,
        },
        "contact": {"role": _("Officer in charge of the file"), "phone": call.unit.phone, "email": call.unit.email},
        "call": {"reference": call.reference, "title": call.title},
        "application": {
            "reference": application.reference,
            "title": application.title,
            "language": application.language,
        },
        "applicant": {
            "name": organisation.name,
            "enterprise_number": organisation.enterprise_number,
            "address_line": organisation.street,
            "postcode": organisation.postcode,
            "city": organisation.city,
        },
    }


def receipt(version: Version) -> Content:
    """What was received, when to the second, with the hash of every answer and file.

    It says how it came: through the portal, on paper (with the scan among the files), or as a correction.
    """
    application = version.application
    frozen = json.loads(version.content)
    paper, correction = frozen.get("paper", {}), frozen.get("correction", {}).get("number", "")
    with translation.override(application.language):
        data = {
            **letter_head(application),
            "number": version.receipt_number,
            "issued_at": version.submitted_at if correction else paper.get("entered_at") or version.submitted_at,
            "received_at": version.submitted_at,
            "version": version.number,
            "version_sha256": version.sha256,
            "amount_requested": version.amount_requested,
            "channel": Channel.PAPER if paper else Channel.PORTAL,
            "correction": correction,
            "by_post": application.is_told_by_post,
            "can_change": application.is_editable(version.submitted_at) and not paper,
            "files": [*_scan(paper), *frozen["annexes"]],
            "answers": _answers(application.call, frozen["answers"]),
            "next_steps": _next_steps(application.call, after=version.submitted_at),
        }
    return Content(
        number=version.receipt_number,
        title=application.title,
        about=application.audit_name,
        call_reference=application.call.reference,
        year=version.submitted_at.astimezone(BRUSSELS).year,
        party=application.organisation.name,
        outcome="",
        # The register knows what was granted; what was asked stands in the letter.
        amount=None,
        data=data,
    )


def call_cancelled(application: Application) -> Content:
    """The call was cancelled, when and why, and what becomes of the application: for those whom no mail reaches."""
    call, number = application.call, f"{application.reference}-A1"
    if call.cancelled_at is None:
        raise ValueError("A notice of cancellation is about a call that was cancelled.")
    with translation.override(application.language):
        data = {
            **letter_head(application),
            "number": number,
            "issued_at": call.cancelled_at,
            "cancelled_at": call.cancelled_at,
            "received_at": application.submitted_at,
            "reason": column_words(call, "cancellation_reason", application.language).text,
        }
    return Content(
        number=number,
        title=application.title,
        about=application.audit_name,
        call_reference=call.reference,
        year=call.cancelled_at.astimezone(BRUSSELS).year,
        party=application.organisation.name,
        outcome="",
        amount=None,
        data=data,
    )


def _answers(call: Call, answers: list[dict[str, str]]) -> list[dict[str, str]]:
    labels = {
        question.code: question.label
        for section in call.sections.prefetch_related("questions")
        for question in section.questions.all()
    }
    return [{"question": labels[row["question"]], "sha256": row["sha256"]} for row in answers]


def _scan(paper: dict[str, Any]) -> list[dict[str, Any]]:
    """The scan of a paper application, as the first of its files."""
    return [{"annex": _("Scan"), **paper["scan"]}] if paper else []


def _next_steps(call: Call, *, after: datetime) -> list[dict[str, object]]:
    """The dates that the call announces and that still lie ahead; what is past is no next step."""
    entries = {entry.kind: entry for entry in call.calendar.all()}
    steps = [(kind, entries[kind].on or entries[kind].at) for kind in STEPS_AFTER_RECEIPT if kind in entries]
    return [{"label": str(kind.label), "on": on} for kind, on in steps if _day(on) >= _day(after)]


def _day(on: Any) -> date:
    return on.astimezone(BRUSSELS).date() if isinstance(on, datetime) else on


def register() -> None:
    """Tell the documents app how these letters are built."""
    register_builder(Kind.RECEIPT, receipt)
    register_builder(Kind.CALL_CANCELLED, call_cancelled)
