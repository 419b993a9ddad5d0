"""Who may screen, assign, judge, propose, decide and notify (docs/access.md). Four eyes go by person."""

import rules

from applications.choices import Channel
from applications.models import Application
from calls.models import Call
from calls.permissions import heads_the_unit, is_officer_of_the_unit
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.accounts.permissions import is_auditor, is_officer, is_reviewer, is_unit_head
from portal.organisations.permissions import is_member_of, organisations_of
from reviews.models import Assignment, DraftDecision, Proposal, Score, ScreeningAnswer


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
def is_no_member_of_the_applicant(user: User, application: Application | None) -> bool:
    """Nobody hands out the file of an organisation they belong to."""
    return application is not None and not is_member_of(user, application.organisation_id)


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
def is_no_member_of_the_applicant_of_the_assignment(user: User, assignment: Assignment | None) -> bool:
    """Nobody settles who reviews the file of an organisation they belong to."""
    return assignment is not None and not is_member_of(user, assignment.application.organisation_id)


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
def belongs_to_no_applicant_of_the_proposal(user: User, proposal: Proposal | None) -> bool:
    """Belongs to none of the organisations that stand in the list."""
    own = organisations_of(user)
    return proposal is not None and not (own and proposal.lines.filter(application__organisation__in=own).exists())


@rules.predicate
def is_a_second_pair_of_eyes(user: User, proposal: Proposal | None) -> bool:
    """Neither prepared the list, nor scored, screened or entered a file of it, nor belongs to one of its applicants."""
    if proposal is None or proposal.prepared_by_id == user.pk:
        return False
    fields = ("application", "application__organisation", "application__channel", "application__created_by")
    lines = list(proposal.lines.values_list(*fields))
    files, applicants = [line[0] for line in lines], {line[1] for line in lines}
    if any(line[2:] == (Channel.PAPER, user.pk) for line in lines):
        return False
    if Score.objects.filter(assignment__application__in=files, assignment__reviewer=user).exists():
        return False
    if ScreeningAnswer.objects.filter(application__in=files, answered_by=user).exists():
        return False
    return not applicants & set(organisations_of(user))


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
    """Neither prepared the refusal, nor screened, scored or entered the file, nor belongs to its applicant."""
    if draft is None or draft.prepared_by_id == user.pk:
        return False
    file = draft.application
    if (file.channel, file.created_by_id) == (Channel.PAPER, user.pk):
        return False
    if is_member_of(user, file.organisation_id) or file.assignments.filter(reviewer=user).exists():
        return False
    return not file.screening_answers.filter(answered_by=user).exists()


@rules.predicate
def belongs_to_no_applicant(user: User, call: Call | None) -> bool:
    """Belongs to none of the organisations that apply under the call."""
    own = organisations_of(user)
    return call is not None and not (own and call.applications.filter(organisation__in=own).exists())


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
    rules.add_perm("reviews.assign_reviewer", (works_on_the_file | heads_the_file) & is_no_member_of_the_applicant)
    rules.add_perm("reviews.assign_file", (works_on_the_file | heads_the_file) & is_no_member_of_the_applicant)
    rules.add_perm("reviews.declare_conflict", is_the_reviewer)
    rules.add_perm(
        "reviews.settle_doubt", heads_the_unit_of_the_assignment & is_no_member_of_the_applicant_of_the_assignment
    )
    rules.add_perm("reviews.score", is_reviewer & is_the_reviewer & ~heads_the_unit_of_the_assignment)
    staff = works_on_the_file_of_the_assignment | heads_the_unit_of_the_assignment
    rules.add_perm("reviews.recuse", (staff & is_no_member_of_the_applicant_of_the_assignment) | is_the_reviewer)
    rules.add_perm(
        "reviews.unlock_review", works_on_the_file_of_the_assignment & has_no_tie_with_the_file_of_the_assignment
    )
    rules.add_perm("reviews.reopen_review", works_on_the_file & has_no_tie_with_the_applicant)
    rules.add_perm("reviews.freeze_proposal", is_officer_of_the_unit & belongs_to_no_applicant)
    rules.add_perm("reviews.return_proposal", heads_the_unit_of_the_proposal)
    rules.add_perm("reviews.approve_proposal", heads_the_unit_of_the_proposal & is_a_second_pair_of_eyes)
    rules.add_perm("reviews.transmit_proposal", heads_the_unit_of_the_proposal)
    rules.add_perm(
        "reviews.record_external_step",
        (works_on_the_proposal | heads_the_unit_of_the_proposal)
        & did_not_approve_the_proposal
        & belongs_to_no_applicant_of_the_proposal,
    )
    rules.add_perm("reviews.notify_decisions", heads_the_unit_of_the_proposal)
    rules.add_perm("reviews.close_decisions", heads_the_unit)
