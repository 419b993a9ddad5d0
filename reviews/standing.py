"""How a file, a review and a proposal stand, in words and with the tag that repeats them. States live in choices.

The label is asked of the state: `get_state_display` translates the words of every state to find those of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.choices import State
from applications.models import Application
from reviews.choices import READINGS_OF_A_GAP, AssignmentState, Outcome, ProposalState
from reviews.models import Assignment, Proposal
from reviews.progress import lacks_third_reading


@dataclass(frozen=True)
class Standing:
    """Words first; `tag` is one of the five states of a tag (ok, info, warn, stop or nothing)."""

    label: str | Promise
    tag: str


_FILE_TAGS: Mapping[str, str] = {
    State.SUBMITTED: "warn",
    State.IN_SCREENING: "info",
    State.CORRECTION_REQUESTED: "warn",
    State.IN_REVIEW: "info",
    State.REVIEWED: "ok",
    State.PROPOSED: "warn",
    State.APPROVED: "info",
    State.AWARDED: "ok",
    State.REJECTED: "stop",
    State.ON_RESERVE: "warn",
    State.INADMISSIBLE: "stop",
    State.INELIGIBLE: "stop",
}
_ASSIGNMENT_TAGS: Mapping[str, str] = {
    AssignmentState.DOUBT: "warn",
    AssignmentState.CONFLICT: "stop",
    AssignmentState.IN_PROGRESS: "info",
    AssignmentState.LOCKED: "ok",
    AssignmentState.RECUSED: "stop",
}
_PROPOSAL_TAGS: Mapping[str, str] = {
    ProposalState.FROZEN: "warn",
    ProposalState.RETURNED: "stop",
    ProposalState.APPROVED: "info",
    ProposalState.TRANSMITTED: "info",
    ProposalState.GRANTED: "info",
    ProposalState.NOTIFIED: "ok",
}
OUTCOME_TAGS: Mapping[str, str] = {Outcome.AWARDED: "ok", Outcome.ON_RESERVE: "warn", Outcome.REJECTED: "stop"}


def standing_of_file(application: Application) -> Standing:
    """Where the file stands, in the words of the staff."""
    return Standing(State(application.state).label, _FILE_TAGS.get(application.state, ""))


def standing_of_assignment(assignment: Assignment) -> Standing:
    """Where one reviewer stands with one file; until the file is admitted it can only be read."""
    if assignment.state == AssignmentState.IN_PROGRESS and assignment.application.is_at_the_door:
        return Standing(_("Open for reading"), "")
    return Standing(AssignmentState(assignment.state).label, _ASSIGNMENT_TAGS.get(assignment.state, ""))


def standing_of_proposal(proposal: Proposal) -> Standing:
    """Where the ranked list of a call stands."""
    return Standing(ProposalState(proposal.state).label, _PROPOSAL_TAGS.get(proposal.state, ""))


def next_step(
    application: Application,
    *,
    assigned: int,
    locked: int,
    required: int,
    has_gap: bool = False,
    awaits_refusal: bool = False,
) -> str:
    """What is to be done next with a file, in a few words.

    `assigned` counts reviewers without a conflict; `awaits_refusal`: a refusal of it is with the head of unit.
    """
    if awaits_refusal and application.state == State.IN_SCREENING:
        return _("The head of unit decides on the refusal")
    refused = _("Notified") if application.notified_at else _("Letter being made")
    steps = {
        State.SUBMITTED: _("Take in screening"),
        State.IN_SCREENING: _("Answer the checklist"),
        State.CORRECTION_REQUESTED: _("The applicant corrects"),
        State.REVIEWED: _("Freeze the list"),
        State.PROPOSED: _("Approval by the head of unit"),
        State.APPROVED: _("Letters and notification"),
        State.AWARDED: _("Notified"),
        State.REJECTED: _("Notified"),
        State.ON_RESERVE: _("Waits for money that comes free"),
        State.INADMISSIBLE: refused,
        State.INELIGIBLE: refused,
    }
    if application.state != State.IN_REVIEW:
        return steps.get(State(application.state), "")
    if assigned < required:
        missing = required - assigned
        return ngettext("Assign %(number)s reviewer", "Assign %(number)s reviewers", missing) % {"number": missing}
    if lacks_third_reading(assigned=assigned, required=required, has_gap=has_gap):
        return _("Third reading lacking: assign one more reviewer")
    awaited = max(required, READINGS_OF_A_GAP) if has_gap else required
    return _("%(locked)s of %(required)s reviews locked") % {"locked": locked, "required": awaited}
