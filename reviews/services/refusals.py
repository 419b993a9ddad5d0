"""Refusal at the door: drafted by an officer, decided by the head of unit, told when its letter is sealed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.canonical import sha256_hex
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.documents.choices import Kind
from portal.documents.models import Document
from portal.documents.registry import Happening, on_sealed
from portal.documents.services import request_document
from portal.mail.services import post
from reviews import emails
from reviews.choices import DraftState, Outcome
from reviews.models import Decision, DraftDecision
from reviews.readiness import missing_before_refusal, standing_refusal
from reviews.refusal import failed_items, frozen_items
from reviews.services.holding import hold_call, hold_envelope
from reviews.services.numbers import next_number
from reviews.steps import draft_not_in, file_not_in

DOCUMENT_KINDS = {Outcome.INADMISSIBLE: Kind.INADMISSIBLE, Outcome.INELIGIBLE: Kind.INELIGIBLE}


def propose_refusal(
    *,
    application_id: int,
    by: User,
    outcome: str,
    conclusion: str,
    why_not_cured: str = "",
    at: datetime | None = None,
) -> DraftDecision:
    """A draft decision awaits the head of unit; the file stays in screening and the applicant reads nothing new."""
    with transaction.atomic():
        application = Application.objects.locked().select_related("call").get(pk=application_id)
        require(by, "reviews.screen_application", application)
        refuse_if([*file_not_in(application, State.IN_SCREENING), *standing_refusal(application)])
        items = failed_items(application, outcome)
        refuse_if(missing_before_refusal(application, items, conclusion=conclusion, why_not_cured=why_not_cured))
        content = frozen_items(items)
        draft = DraftDecision.objects.create(
            application=application,
            outcome=outcome,
            content=content,
            sha256=sha256_hex(content),
            conclusion=conclusion.strip(),
            why_not_cured=why_not_cured.strip(),
            prepared_by=by,
            prepared_at=at or timezone.now(),
        )
        data = {"draft": draft.audit_name, "outcome": str(outcome), "items": [item.code for item in items]}
        record("application.refusal_proposed", on=application, by=by, data=data)
    return draft


def return_refusal(*, draft_id: int, by: User, reason: str, at: datetime | None = None) -> DraftDecision:
    """The draft goes back to the officer with a reason; nothing is decided and the checklist is open again."""
    with transaction.atomic():
        application, draft = _hold(draft_id)
        require(by, "reviews.return_refusal", draft)
        refuse_if([*draft_not_in(draft, DraftState.PREPARED), *_no_reason(reason)])
        draft.send_back(reason=reason.strip(), by=by, at=at or timezone.now())
        draft.save(update_fields=["state", "return_reason", "settled_by", "settled_at"])
        record("application.refusal_returned", on=application, by=by, data={"draft": draft.audit_name})
    return draft


def approve_refusal(*, draft_id: int, by: User, at: datetime | None = None) -> Decision:
    """The file is refused by a numbered decision; its letter is being made; the applicant is told with the letter."""
    moment = at or timezone.now()
    with transaction.atomic():
        call_id = DraftDecision.objects.values_list("application__call", flat=True).get(pk=draft_id)
        hold_call(call_id)
        hold_envelope(call_id)
        application, draft = _hold(draft_id)
        require(by, "reviews.approve_refusal", draft)
        refuse_if([*draft_not_in(draft, DraftState.PREPARED), *file_not_in(application, State.IN_SCREENING)])
        draft.approve(by=by, at=moment)
        draft.save(update_fields=["state", "settled_by", "settled_at"])
        _refuse(application, draft.outcome)
        decision = _decide(draft, application, by=by, at=moment)
        data = {"number": decision.number, "outcome": str(decision.outcome), "draft": draft.audit_name}
        record("application.refused", on=application, by=by, data=data)
    return decision


def tell_refusal(document: Document, at: datetime) -> list[Happening]:
    """The applicant reads the refusal and gets the mail from the moment its letter is sealed; told once."""
    decision = Decision.objects.select_related("document").get(document=document.pk)
    application = Application.objects.locked().get(pk=decision.application_id)
    if application.notified_at is not None:
        return []
    application.tell_refusal(at=at)
    application.save(update_fields=["notified_at"])
    post(emails.decision_notified(decision))
    return [Happening("application.notified", on=application, data={"number": decision.number})]


def register() -> None:
    """Tell the documents app what follows when such a letter is sealed."""
    for kind in DOCUMENT_KINDS.values():
        on_sealed(kind, tell_refusal)


def _hold(draft_id: int) -> tuple[Application, DraftDecision]:
    """The file first, then its draft: the order in which every service holds them."""
    file_id = DraftDecision.objects.values_list("application", flat=True).get(pk=draft_id)
    application = Application.objects.locked().select_related("call").get(pk=file_id)
    draft = DraftDecision.objects.locked().select_related("application__call").get(pk=draft_id)
    return application, draft


def _refuse(application: Application, outcome: str) -> None:
    if outcome == Outcome.INADMISSIBLE:
        application.declare_inadmissible()
    else:
        application.declare_ineligible()
    application.save(update_fields=["state"])


def _decide(draft: DraftDecision, application: Application, *, by: User, at: datetime) -> Decision:
    decision = Decision.objects.create(
        application=application,
        draft=draft,
        number=next_number(application.call, at),
        outcome=draft.outcome,
        amount=0,
        prepared_by=draft.prepared_by,
        approved_by=by,
        decided_at=at,
    )
    kind = DOCUMENT_KINDS[Outcome(draft.outcome)]
    decision.document = request_document(kind, of=decision, language=application.language)
    decision.save(update_fields=["document"])
    return decision


def _no_reason(reason: str) -> list[Problem]:
    return [] if reason.strip() else [Problem("no_reason", _("Write why the draft goes back."), "#id_reason")]
