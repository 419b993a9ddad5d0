"""External steps: the file of an approved list leaves the service, and what others answer is recorded, in order."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from calls.consequences import Event
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import refuse_if
from portal.core.gate import require
from reviews.chain import Chain, RecordedAct, chain_of, missing_before_recording, missing_before_transmission
from reviews.choices import Opinion
from reviews.models import Proposal, ProposalStep
from reviews.services.decision_letters import decisions_to_tell, request_letters
from reviews.services.holding import hold_envelope, hold_files, hold_list
from reviews.services.taking_back import files_go_back, take_back


def transmit_proposal(*, proposal_id: int, by: User, on: date, to: str, at: datetime | None = None) -> Proposal:
    """The file of the list has left the service: on which day and to whom; its external steps are awaited."""
    moment = at or timezone.now()
    with transaction.atomic():
        proposal = hold_list(proposal_id)
        require(by, "reviews.transmit_proposal", proposal)
        refuse_if(missing_before_transmission(proposal, chain_of(proposal), on=on, to=to, at=moment))
        proposal.transmit(by=by, on=on, to=to.strip())
        proposal.save(update_fields=["state", "transmitted_by", "transmitted_on", "transmitted_to"])
        record("proposal.transmitted", on=proposal, by=by, data={"on": on.isoformat()})
    return proposal


def record_external_step(
    *, proposal_id: int, place: int, by: User, act: RecordedAct, at: datetime | None = None
) -> Proposal:
    """What the authority at this place of the chain answered stands beside the list, with its scan.

    The last favourable answer makes the decisions final, and their letters are being made. An unfavourable one returns
    the list: its money is free, its decisions are never notified, and its files wait for another list.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        proposal = hold_list(proposal_id)
        require(by, "reviews.record_external_step", proposal)
        chain = chain_of(proposal)
        step = next((row for row in chain.steps if row.place == place), None)
        refuse_if(missing_before_recording(proposal, chain, step, act, at=moment))
        _write(step, act, by=by, at=moment)
        events = _follow(proposal, chain, act, at=moment)
        data = {"place": place, "opinion": act.opinion, "scan": act.scan.sha256}
        record("proposal.step_recorded", on=proposal, by=by, data=data)
        for verb, changed, facts in events:
            record(verb, on=changed, by=None, data=facts)
    return proposal


def _follow(proposal: Proposal, chain: Chain, act: RecordedAct, *, at: datetime) -> list[Event]:
    """What the answer means for the list: it comes back, it is granted, or it waits for the next step."""
    if act.opinion == Opinion.UNFAVOURABLE:
        hold_envelope(proposal.call_id)
        files = hold_files(proposal).values()
        return [*take_back(proposal, reason=act.reason.strip()), *files_go_back(proposal, files)]
    if chain.awaited:
        return []
    hold_files(proposal)
    proposal.grant(at=at)
    proposal.save(update_fields=["state", "granted_at"])
    request_letters(decisions_to_tell(proposal))
    return [("proposal.granted", proposal, {})]


def _write(step: ProposalStep | None, act: RecordedAct, *, by: User, at: datetime) -> None:
    if step is None:
        raise ValueError("Readiness refuses a place that is not in the chain.")
    step.opinion, step.given_on, step.reason = act.opinion, act.given_on, act.reason.strip()
    step.reference, step.signatory = act.reference.strip(), act.signatory.strip()
    step.scan, step.scan_name = act.scan, act.scan_name
    step.recorded_by, step.recorded_at = by, at
    step.save()
