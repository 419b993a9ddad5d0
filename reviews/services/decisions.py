"""Approval within the envelope, and notification: all or none."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from applications.models import Application
from calls.models import Call
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import refuse_if
from portal.core.gate import require
from portal.documents.services import release_documents
from portal.mail.services import post
from reviews import emails
from reviews.chain import steps_that_apply
from reviews.choices import Outcome, ProposalState
from reviews.models import Decision, Proposal, ProposalLine, ProposalStep
from reviews.readiness import missing_before_close, missing_before_notification
from reviews.services.decision_letters import decisions_to_tell, request_letters
from reviews.services.holding import hold_call, hold_envelope, hold_files, hold_list
from reviews.services.numbers import commit_money, next_number
from reviews.services.reserves import earlier_on_reserve
from reviews.steps import proposal_not_in


def approve_proposal(*, proposal_id: int, by: User, at: datetime | None = None) -> Proposal:
    """Every file of the list is decided and its money committed; nobody is told yet.

    Where external steps apply they are fixed now and awaited; otherwise the decisions are final and their letters are
    being made.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        proposal = hold_list(proposal_id)
        require(by, "reviews.approve_proposal", proposal)
        refuse_if(proposal_not_in(proposal, ProposalState.FROZEN) or earlier_on_reserve(proposal))
        wanted = proposal.lines.aggregate(total=Sum("amount"))["total"] or Decimal(0)
        commit_money(hold_envelope(proposal.call_id), wanted)
        files = hold_files(proposal)
        proposal.approve(by=by, at=moment)
        proposal.save(update_fields=["state", "approved_by", "approved_at"])
        lines = proposal.lines.select_related("proposal__promotes__document")
        decisions = [_decide(line, files[line.application_id], by=by, at=moment) for line in lines]
        if not _fix_steps(proposal, at=moment):
            request_letters(decisions)
        record("proposal.approved", on=proposal, by=by, data={"sha256": proposal.sha256})
        for decision in decisions:
            data = {"number": decision.number, "outcome": str(decision.outcome), "amount": str(decision.amount)}
            record("application.approved", on=decision.application, by=by, data=data)
    return proposal


def notify_decisions(*, proposal_id: int, by: User, at: datetime | None = None) -> Proposal:
    """Every applicant of the list may read the decision and gets a mail, all in one transaction: all or none."""
    moment = at or timezone.now()
    with transaction.atomic():
        proposal = hold_list(proposal_id)
        require(by, "reviews.notify_decisions", proposal)
        refuse_if(missing_before_notification(proposal))
        files = hold_files(proposal)
        # A file that was withdrawn meanwhile keeps its decision, which is never notified.
        decisions = decisions_to_tell(proposal)
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
        call = hold_call(call_id)
        require(by, "reviews.close_decisions", call)
        refuse_if(missing_before_close(call))
        call.close_decisions()
        call.save(update_fields=["state"])
        record("call.decided", on=call, by=by)
    return call


def _fix_steps(proposal: Proposal, *, at: datetime) -> bool:
    """The external steps that apply today are those of this list, whatever the unit changes later."""
    steps = steps_that_apply(proposal, on=timezone.localdate(at))
    for place, step in enumerate(steps, start=1):
        ProposalStep.objects.create(proposal=proposal, step=step, place=place)
    return bool(steps)


def _decide(line: ProposalLine, file: Application, *, by: User, at: datetime) -> Decision:
    file.approve()
    file.save(update_fields=["state"])
    return Decision.objects.create(
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


def _notify(file: Application, decision: Decision, *, at: datetime) -> None:
    match decision.outcome:
        case Outcome.AWARDED:
            file.award(at=at)
        case Outcome.ON_RESERVE:
            file.put_on_reserve(at=at, until=decision.line.reserve_until if decision.line else None)
        case _:
            file.reject(at=at)
    file.save(update_fields=["state", "notified_at", "reserve_until"])
    post(emails.decision_notified(decision))
