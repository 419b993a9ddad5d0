"""What happens to reviews, lists and money when an application is withdrawn or its correction ends."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.choices import State
from applications.effects import Event, before_withdrawal, on_correction_ended, on_withdrawn
from applications.models import Application, Version
from calls.models import Envelope
from reviews.choices import APPROVED_LISTS, CLOSED_FOR_GOOD, AssignmentState, ProposalState
from reviews.models import Assignment, Proposal
from reviews.readiness import missing_before_reviewed
from reviews.services.holding import hold_envelope, hold_files
from reviews.services.taking_back import files_go_back

UNTOLD_LISTS = [ProposalState.FROZEN, *APPROVED_LISTS]


def hold_the_list(application_id: int) -> None:
    """The list in which the file stands and the envelope of its call are locked before the file is."""
    proposals = Proposal.objects.locked().filter(lines__application=application_id, state__in=UNTOLD_LISTS)
    for proposal in proposals.order_by("pk"):
        hold_envelope(proposal.call_id)


def leave_the_list(application: Application, at: datetime) -> list[Event]:
    """A frozen list without one of its files is another list: it goes back, and nothing of it is decided.

    An approved list stands. The decision on the withdrawn file stays as a row, is never notified, and what it
    granted is no longer committed; the other files go on.
    """
    events: list[Event] = []
    for proposal in Proposal.objects.filter(lines__application=application, state__in=UNTOLD_LISTS):
        if proposal.state == ProposalState.FROZEN:
            events += _returned(proposal, application)
        else:
            events += _freed(proposal, application)
    return events


def _returned(proposal: Proposal, withdrawn: Application) -> list[Event]:
    with override(proposal.prepared_by.language):
        reason = _("%(file)s was withdrawn by the applicant.") % {"file": withdrawn.short_reference}
    proposal.send_back(reason=reason)
    proposal.save(update_fields=["state", "return_reason"])
    events: list[Event] = [("proposal.returned", proposal, {"withdrawn": withdrawn.audit_name})]
    return [*events, *files_go_back(proposal, hold_files(proposal).values())]


def _freed(proposal: Proposal, withdrawn: Application) -> list[Event]:
    amount = proposal.lines.get(application=withdrawn).amount
    if not amount:
        return []
    Envelope.objects.filter(call=proposal.call_id).update(committed=F("committed") - amount)
    return [("envelope.freed", proposal, {"application": withdrawn.audit_name, "amount": str(amount)})]


def judge_the_corrected_version(application: Application, version: Version | None, at: datetime) -> list[Event]:
    """After an answer, locked reviews are to be confirmed and open ones get the new version; then the file goes on."""
    events: list[Event] = []
    if version is not None:
        for assignment in Assignment.objects.locked().filter(application=application).order_by("pk"):
            events += _reassigned(assignment, version)
    if application.state == State.IN_REVIEW and not missing_before_reviewed(application):
        application.complete_review()
        application.save(update_fields=["state"])
        events.append(("application.reviewed", application, {}))
    return events


def _reassigned(assignment: Assignment, version: Version) -> list[Event]:
    if assignment.state in CLOSED_FOR_GOOD:
        return []
    if assignment.state == AssignmentState.LOCKED:
        assignment.is_stale = True
        assignment.save(update_fields=["is_stale"])
        return [("review.to_confirm", assignment, {"version": version.number})]
    assignment.version = version
    assignment.save(update_fields=["version"])
    return [("review.updated", assignment, {"version": version.number})]


def register() -> None:
    """Listen to the applications."""
    before_withdrawal(hold_the_list)
    on_withdrawn(leave_the_list)
    on_correction_ended(judge_the_corrected_version)
