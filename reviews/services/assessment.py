"""Assignment, the conflict gate, scores, and the lock that ends a review."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application
from calls.models import Criterion
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.organisations.permissions import is_member_of
from reviews.choices import CONFLICTS, AssignmentState, ConflictAnswer
from reviews.models import Assignment, Score
from reviews.readiness import closed_to_reviews, closed_to_scores, missing_before_lock
from reviews.services.completion import complete_review_if_done
from reviews.steps import review_not_in


def assign_reviewer(*, application_id: int, reviewer_id: int, by: User, at: datetime | None = None) -> Assignment:
    """The reviewer is asked to declare any conflict of interest; the file stays closed to them until then."""
    moment = at or timezone.now()
    with transaction.atomic():
        application = Application.objects.locked().select_related("call").get(pk=application_id)
        require(by, "reviews.assign_reviewer", application)
        reviewer = User.objects.get(pk=reviewer_id)
        refuse_if(_obstacles(application, reviewer, at=moment))
        assignment = Assignment.objects.create(
            application=application,
            reviewer=reviewer,
            version=application.versions.order_by("-number")[0],
            assigned_by=by,
            assigned_at=moment,
        )
        record("review.assigned", on=assignment, by=by, data={"application": application.audit_name})
    return assignment


def declare_conflict(
    *, assignment_id: int, by: User, answer: str, note: str = "", at: datetime | None = None
) -> Assignment:
    """No conflict opens the file; a conflict closes it for good; a doubt goes to the head of unit."""
    moment = at or timezone.now()
    with transaction.atomic():
        assignment, application = _hold(assignment_id)
        require(by, "reviews.declare_conflict", assignment)
        refuse_if([*closed_to_reviews(application), *review_not_in(assignment, AssignmentState.ASSIGNED)])
        if answer == ConflictAnswer.NONE:
            assignment.declare_none(at=moment)
        elif answer in CONFLICTS:
            assignment.declare_conflict(answer=answer, note=note, at=moment)
        else:
            assignment.declare_doubt(note=note, at=moment)
        assignment.save(update_fields=["state", "conflict", "conflict_note", "declared_at"])
        is_reviewed = complete_review_if_done(application)
        record("review.conflict_declared", on=assignment, by=by, data={"answer": str(answer)})
        _record_completion(application, is_reviewed=is_reviewed)
    return assignment


def settle_doubt(*, assignment_id: int, by: User, may_review: bool) -> Assignment:
    """The head of unit has decided whether the doubt is a conflict."""
    with transaction.atomic():
        assignment, application = _hold(assignment_id)
        require(by, "reviews.settle_doubt", assignment)
        refuse_if([*closed_to_reviews(application), *review_not_in(assignment, AssignmentState.DOUBT)])
        if may_review:
            assignment.lift_doubt()
        else:
            assignment.confirm_doubt()
        assignment.save(update_fields=["state"])
        is_reviewed = complete_review_if_done(application)
        record("review.doubt_settled", on=assignment, by=by, data={"may_review": may_review})
        _record_completion(application, is_reviewed=is_reviewed)
    return assignment


def save_score(*, assignment_id: int, criterion: Criterion, by: User, score: Decimal | None, reason: str) -> Score:
    """The criterion has this score and reason so far; nothing is final before the lock, nothing enters the chain."""
    with transaction.atomic():
        assignment = _locked(assignment_id)
        require(by, "reviews.score", assignment)
        refuse_if([*closed_to_scores(assignment.application), *review_not_in(assignment, AssignmentState.IN_PROGRESS)])
        saved, _is_new = Score.objects.update_or_create(
            assignment=assignment, criterion=criterion, defaults={"score": score, "reason": reason}
        )
    return saved


def lock_review(*, assignment_id: int, by: User, at: datetime | None = None) -> Assignment:
    """The scores can no longer change; the last lock that was awaited makes the file reviewed."""
    with transaction.atomic():
        assignment, application = _hold(assignment_id)
        require(by, "reviews.score", assignment)
        problems = [*closed_to_scores(application), *review_not_in(assignment, AssignmentState.IN_PROGRESS)]
        refuse_if(problems or missing_before_lock(assignment))
        assignment.lock(at=at or timezone.now())
        assignment.save(update_fields=["state", "locked_at"])
        is_reviewed = complete_review_if_done(application)
        record("review.locked", on=assignment, by=by, data={"application": application.audit_name})
        _record_completion(application, is_reviewed=is_reviewed)
    return assignment


def _locked(assignment_id: int) -> Assignment:
    return Assignment.objects.locked().select_related("application__call").get(pk=assignment_id)


def _hold(assignment_id: int) -> tuple[Assignment, Application]:
    """The review and its file, whose completion may follow from what happens to the review."""
    assignment = _locked(assignment_id)
    return assignment, Application.objects.locked().select_related("call").get(pk=assignment.application_id)


def _record_completion(application: Application, *, is_reviewed: bool) -> None:
    if is_reviewed:
        record("application.reviewed", on=application, by=None)


def _obstacles(application: Application, reviewer: User, *, at: datetime) -> list[Problem]:
    call = application.call
    if application.state not in {State.IN_SCREENING, State.IN_REVIEW}:
        return [Problem("state", _("Reviewers are assigned while the file is in screening or in review."))]
    if not User.objects.appointed(Role.REVIEWER, unit_id=call.unit_id, on=at.date()).filter(pk=reviewer.pk).exists():
        return [Problem("not_reviewer", _("This person is not appointed as a reviewer of the unit."))]
    if is_member_of(reviewer, application.organisation_id):
        return [Problem("conflict", _("This person belongs to the organisation that applies."))]
    if application.assignments.filter(reviewer=reviewer).exists():
        return [Problem("twice", _("This person is already assigned to the file."))]
    if application.is_on_paper and application.created_by_id == reviewer.pk:
        return [Problem("entered", _("This person entered the paper application and cannot review it."))]
    if application.screeners.filter(person=reviewer).exists():
        return [Problem("screened", _("This person screened the file and cannot review it."))]
    return []
