"""Who may screen, assign, judge, propose, decide and notify (docs/access.md). Four eyes go by person."""

import rules

from applications.models import Application
from calls.models import Call
from calls.permissions import heads_the_unit, is_officer_of_the_unit
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.accounts.permissions import is_auditor, is_officer, is_reviewer, is_unit_head
from portal.organisations.permissions import is_member_of
from reviews.choices import OPENS_THE_FILE
from reviews.models import Assignment, DraftDecision, Proposal
from reviews.ties import files_tied_to


@rules.predicate
def works_on_the_file(user: User, application: Application | None) -> bool:
    """Is an officer of the unit that owns the call."""
    return application is not None and application.call.unit_id in user.units_as(Role.OFFICER)


@rules.predicate
def heads_the_file(user: User, application: Application | None) -> bool:
    """Heads the unit that owns the call."""
    return application is not None and application.call.unit_id in user.units_as(Role.UNIT_HEAD)


@rules.predicate
def has_no_tie_with_the_applicant(user: User, application: Application | None) -> bool:
    """Nobody decides on an organisation they belong to, nor screens a file they review."""
    if application is None or is_member_of(user, application.organisation_id):
        return False
    return all(assignment.reviewer_id != user.pk for assignment in application.assignments.all())


@rules.predicate
def may_read_the_file(user: User, application: Application | None) -> bool:
    """Nobody hands out the file of an organisation they belong to, nor one that their own declaration keeps closed."""
    if application is None or is_member_of(user, application.organisation_id):
        return False
    own = [assignment for assignment in application.assignments.all() if assignment.reviewer_id == user.pk]
    return all(assignment.state in OPENS_THE_FILE for assignment in own)


@rules.predicate
def is_the_reviewer(user: User, assignment: Assignment | None) -> bool:
    """The assignment is the user's own, and so is the appointment as a reviewer."""
    return assignment is not None and assignment.reviewer_id == user.pk


@rules.predicate
def heads_the_unit_of_the_assignment(user: User, assignment: Assignment | None) -> bool:
    """Heads the unit that owns the call of the file."""
    return assignment is not None and assignment.application.call.unit_id in user.units_as(Role.UNIT_HEAD)


@rules.predicate
def works_on_the_file_of_the_assignment(user: User, assignment: Assignment | None) -> bool:
    """Is an officer of the unit that owns the call of the file."""
    return assignment is not None and assignment.application.call.unit_id in user.units_as(Role.OFFICER)


@rules.predicate
def has_no_tie_with_the_file_of_the_assignment(user: User, assignment: Assignment | None) -> bool:
    """Nobody unlocks a review of a file that they review too, nor of an organisation they belong to."""
    return assignment is not None and has_no_tie_with_the_applicant(user, assignment.application)


@rules.predicate
def may_read_the_file_of_the_assignment(user: User, assignment: Assignment | None) -> bool:
    """Nobody settles who reviews a file that they may not read, their own doubt least of all."""
    return assignment is not None and may_read_the_file(user, assignment.application)


@rules.predicate
def heads_the_unit_of_the_proposal(user: User, proposal: Proposal | None) -> bool:
    """Heads the unit that owns the call."""
    return proposal is not None and proposal.call.unit_id in user.units_as(Role.UNIT_HEAD)


@rules.predicate
def works_on_the_proposal(user: User, proposal: Proposal | None) -> bool:
    """Is an officer of the unit that owns the call."""
    return proposal is not None and proposal.call.unit_id in user.units_as(Role.OFFICER)


@rules.predicate
def did_not_approve_the_proposal(user: User, proposal: Proposal | None) -> bool:
    """Nobody records that others agree with what they approved themselves."""
    return proposal is not None and proposal.approved_by_id != user.pk


@rules.predicate
def is_a_second_pair_of_eyes(user: User, proposal: Proposal | None) -> bool:
    """Neither prepared the list, nor was asked to review, screened or entered a file of it, nor is tied to its call."""
    if proposal is None:
        return False
    return Proposal.objects.filter(pk=proposal.pk).open_to_a_second_pair_of_eyes(user).exists()


@rules.predicate
def has_no_tie_with_the_list(user: User, proposal: Proposal | None) -> bool:
    """Belongs to no applicant of the call and has a conflict of interest with none."""
    return proposal is not None and not files_tied_to(user).filter(call=proposal.call_id).exists()


@rules.predicate
def heads_the_unit_of_the_draft(user: User, draft: DraftDecision | None) -> bool:
    """Heads the unit that owns the call of the file."""
    return draft is not None and draft.application.call.unit_id in user.units_as(Role.UNIT_HEAD)


@rules.predicate
def did_not_prepare_the_draft(user: User, draft: DraftDecision | None) -> bool:
    """Nobody settles what they prepared themselves, neither way."""
    return draft is not None and draft.prepared_by_id != user.pk


@rules.predicate
def is_a_second_pair_of_eyes_at_the_door(user: User, draft: DraftDecision | None) -> bool:
    """Neither prepared the refusal, nor was asked to review, screened or entered the file, nor belongs to its applicant."""
    if draft is None:
        return False
    return DraftDecision.objects.filter(pk=draft.pk).open_to_a_second_pair_of_eyes(user).exists()


@rules.predicate
def has_no_tie_with_the_call(user: User, call: Call | None) -> bool:
    """Belongs to none of the organisations that apply under the call, and has a conflict of interest with none."""
    return call is not None and not files_tied_to(user).filter(call=call).exists()


def load() -> None:
    """Register the table of permissions."""
    rules.add_perm("reviews.see_files", is_officer | is_unit_head | is_auditor)
    rules.add_perm("reviews.enter_paper", is_officer)
    rules.add_perm("reviews.post_letters", is_officer)
    rules.add_perm("reviews.see_reviews", is_reviewer)
    rules.add_perm("reviews.screen_application", works_on_the_file & has_no_tie_with_the_applicant)
    rules.add_perm("reviews.request_correction", works_on_the_file & has_no_tie_with_the_applicant)
    rules.add_perm("reviews.return_refusal", heads_the_unit_of_the_draft & did_not_prepare_the_draft)
    rules.add_perm("reviews.approve_refusal", heads_the_unit_of_the_draft & is_a_second_pair_of_eyes_at_the_door)
    rules.add_perm("reviews.assign_reviewer", (works_on_the_file | heads_the_file) & may_read_the_file)
    rules.add_perm("reviews.assign_file", (works_on_the_file | heads_the_file) & may_read_the_file)
    rules.add_perm("reviews.declare_conflict", is_the_reviewer)
    rules.add_perm("reviews.settle_doubt", heads_the_unit_of_the_assignment & may_read_the_file_of_the_assignment)
    rules.add_perm("reviews.score", is_reviewer & is_the_reviewer & ~heads_the_unit_of_the_assignment)
    staff = works_on_the_file_of_the_assignment | heads_the_unit_of_the_assignment
    rules.add_perm("reviews.recuse", (staff & may_read_the_file_of_the_assignment) | is_the_reviewer)
    rules.add_perm(
        "reviews.unlock_review", works_on_the_file_of_the_assignment & has_no_tie_with_the_file_of_the_assignment
    )
    rules.add_perm("reviews.reopen_review", works_on_the_file & has_no_tie_with_the_applicant)
    rules.add_perm("reviews.freeze_proposal", is_officer_of_the_unit & has_no_tie_with_the_call)
    rules.add_perm("reviews.return_proposal", heads_the_unit_of_the_proposal & is_a_second_pair_of_eyes)
    rules.add_perm("reviews.approve_proposal", heads_the_unit_of_the_proposal & is_a_second_pair_of_eyes)
    rules.add_perm("reviews.transmit_proposal", heads_the_unit_of_the_proposal & has_no_tie_with_the_list)
    rules.add_perm(
        "reviews.record_external_step",
        (works_on_the_proposal | heads_the_unit_of_the_proposal)
        & did_not_approve_the_proposal
        & has_no_tie_with_the_list,
    )
    rules.add_perm("reviews.notify_decisions", heads_the_unit_of_the_proposal & has_no_tie_with_the_list)
    rules.add_perm("reviews.close_decisions", heads_the_unit & has_no_tie_with_the_call)
