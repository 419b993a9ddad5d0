"""Approval within the envelope, and notification: all or none."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from applications.choices import State
from applications.models import Application
from calls.models import Call
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import refuse_if
from portal.core.gate import require
from portal.documents.choices import Kind
from portal.documents.services import release_documents, request_document
from portal.mail.services import post
from reviews import emails
from reviews.choices import Outcome, ProposalState
from reviews.models import Decision, Proposal, ProposalLine
from reviews.readiness import missing_before_close, missing_before_notification
from reviews.services.numbers import commit_money, hold_envelope, next_number
from reviews.steps import proposal_not_in

DOCUMENT_KINDS = {
    Outcome.AWARDED: Kind.AWARD,
    Outcome.ON_RESERVE: Kind.RESERVE,
    Outcome.REJECTED: Kind.REJECTION,
}


def approve_proposal(*, proposal_id: int, by: User, at: datetime | None = None) -> Proposal:
    """Every file of the list is decided and its money committed; the letters are being made; nobody is told yet.

    The envelope is locked first, then the files by id, then the audit chain: one order everywhere.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        proposal = Proposal.objects.locked().select_related("call__unit").get(pk=proposal_id)
        require(by, "reviews.approve_proposal", proposal)
        refuse_if(proposal_not_in(proposal, ProposalState.FROZEN))
        wanted = proposal.lines.aggregate(total=Sum("amount"))["total"] or Decimal(0)
        commit_money(hold_envelope(proposal.call_id), wanted)
        files = {file.pk: file for file in Application.objects.locked().filter(proposal_lines__proposal=proposal)}
        proposal.approve(by=by, at=moment)
        proposal.save(update_fields=["state", "approved_by", "approved_at"])
        decisions = [_decide(line, files[line.application_id], by=by, at=moment) for line in proposal.lines.all()]
        record("proposal.approved", on=proposal, by=by, data={"sha256": proposal.sha256})
        for decision in decisions:
            data = {"number": decision.number, "outcome": str(decision.outcome), "amount": str(decision.amount)}
            record("application.approved", on=decision.application, by=by, data=data)
    return proposal


def notify_decisions(*, proposal_id: int, by: User, at: datetime | None = None) -> Proposal:
    """Every applicant of the list may read the decision and gets a mail, all in one transaction: all or none."""
    moment = at or timezone.now()
    with transaction.atomic():
        proposal = Proposal.objects.locked().select_related("call").get(pk=proposal_id)
        require(by, "reviews.notify_decisions", proposal)
        refuse_if(proposal_not_in(proposal, ProposalState.APPROVED) or missing_before_notification(proposal))
        files = {file.pk: file for file in Application.objects.locked().filter(proposal_lines__proposal=proposal)}
        # A file that was withdrawn meanwhile keeps its decision, which is never notified.
        told = Decision.objects.filter(line__proposal=proposal).exclude(application__state=State.WITHDRAWN)
        decisions = list(told.select_related("document"))
        for decision in decisions:
            _notify(files[decision.application_id], decision, at=moment)
        release_documents([decision.document_id for decision in decisions if decision.document_id], at=moment)
        proposal.notify(at=moment)
        proposal.save(update_fields=["state", "notified_at"])
        record("proposal.notified", on=proposal, by=by)
        for decision in decisions:
            record("application.notified", on=files[decision.application_id], by=None, data={"number": decision.number})
    return proposal


def close_decisions(*, call_id: int, by: User) -> Call:
    """The call is decided: no application of it waits for anything."""
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "reviews.close_decisions", call)
        refuse_if(missing_before_close(call))
        call.close_decisions()
        call.save(update_fields=["state"])
        record("call.decided", on=call, by=by)
    return call


def _decide(line: ProposalLine, file: Application, *, by: User, at: datetime) -> Decision:
    file.approve()
    file.save(update_fields=["state"])
    decision = Decision.objects.create(
        application=file,
        line=line,
        replaces=line.proposal.promotes,
        number=next_number(file.call, at),
        outcome=line.outcome,
        amount=line.amount,
        prepared_by=line.proposal.prepared_by,
        approved_by=by,
        decided_at=at,
    )
    kind = DOCUMENT_KINDS[Outcome(line.outcome)]
    earlier = decision.replaces.document if decision.replaces else None
    decision.document = request_document(kind, of=decision, language=file.language, replaces=earlier)
    decision.save(update_fields=["document"])
    return decision


def _notify(file: Application, decision: Decision, *, at: datetime) -> None:
    tell = {Outcome.AWARDED: file.award, Outcome.ON_RESERVE: file.put_on_reserve, Outcome.REJECTED: file.reject}
    tell[Outcome(decision.outcome)](at=at)
    file.save(update_fields=["state", "notified_at"])
    post(emails.decision_notified(decision))
