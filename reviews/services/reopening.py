"""What undoes a review in the open: a conflict found later, a lock taken off, a reviewed file opened again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from reviews.choices import RECUSABLE, AssignmentState
from reviews.models import Assignment, Reopening
from reviews.readiness import closed_to_reviews, missing_before_reviewed
from reviews.services.completion import complete_review_if_done
from reviews.steps import file_not_in, review_not_in


def recuse(*, assignment_id: int, by: User, reason: str, at: datetime | None = None) -> Assignment:
    """A conflict of interest was found later: the scores count no more, and the file is closed to the reviewer.

    The row stays with its reason, so that everybody who reads the file sees what does not count. A reviewed file that
    now lacks a review is in review again.
    """
    with transaction.atomic():
        assignment, application = _hold(assignment_id)
        require(by, "reviews.recuse", assignment)
        refuse_if([*closed_to_reviews(application), *review_not_in(assignment, *RECUSABLE), *_no_reason(reason)])
        assignment.recuse(reason=reason.strip(), at=at or timezone.now())
        assignment.save(update_fields=["state", "recusal_reason", "recused_at"])
        is_reopened, is_reviewed = _reopen_if_lacking(application), complete_review_if_done(application)
        record("review.recused", on=assignment, by=by, data={"application": application.audit_name})
        _record_consequence(application, is_reopened=is_reopened, is_reviewed=is_reviewed)
    return assignment


def unlock_review(*, assignment_id: int, by: User, reason: str, at: datetime | None = None) -> Assignment:
    """The reviewer may change the scores again; a reviewed file is in review until they are locked anew.

    What is judged anew is the last version, so that a correction of the file needs no confirmation any more.
    """
    with transaction.atomic():
        assignment, application = _hold(assignment_id)
        require(by, "reviews.unlock_review", assignment)
        is_open = review_not_in(assignment, AssignmentState.LOCKED)
        refuse_if([*closed_to_reviews(application), *is_open, *_no_reason(reason)])
        assignment.unlock(version=application.versions.order_by("-number")[0])
        assignment.save(update_fields=["state", "locked_at", "version", "is_stale"])
        _note(application, by=by, reason=reason, at=at, assignment=assignment)
        is_reopened = _reopen_if_lacking(application)
        record("review.unlocked", on=assignment, by=by, data={"application": application.audit_name})
        _record_consequence(application, is_reopened=is_reopened, is_reviewed=False)
    return assignment


def reopen_review(*, application_id: int, by: User, reason: str, at: datetime | None = None) -> Application:
    """A reviewed file is in review again: a further reviewer can be assigned, or a review unlocked."""
    with transaction.atomic():
        application = Application.objects.locked().select_related("call").get(pk=application_id)
        require(by, "reviews.reopen_review", application)
        refuse_if([*file_not_in(application, State.REVIEWED), *_no_reason(reason)])
        application.reopen_review()
        application.save(update_fields=["state"])
        _note(application, by=by, reason=reason, at=at)
        record("application.review_reopened", on=application, by=by)
    return application


def complete_review(*, application_id: int, by: User) -> Application:
    """A file that was opened again without need is reviewed as before; refused while a review is awaited."""
    with transaction.atomic():
        application = Application.objects.locked().select_related("call").get(pk=application_id)
        require(by, "reviews.reopen_review", application)
        refuse_if([*file_not_in(application, State.IN_REVIEW), *missing_before_reviewed(application)])
        application.complete_review()
        application.save(update_fields=["state"])
        record("application.reviewed", on=application, by=by)
    return application


def _hold(assignment_id: int) -> tuple[Assignment, Application]:
    assignment = Assignment.objects.locked().select_related("application__call").get(pk=assignment_id)
    application = Application.objects.locked().select_related("call").get(pk=assignment.application_id)
    return assignment, application


def _reopen_if_lacking(application: Application) -> bool:
    if application.state != State.REVIEWED or not missing_before_reviewed(application):
        return False
    application.reopen_review()
    application.save(update_fields=["state"])
    return True


def _note(
    application: Application, *, by: User, reason: str, at: datetime | None, assignment: Assignment | None = None
) -> None:
    Reopening.objects.create(
        application=application,
        assignment=assignment,
        reason=reason.strip(),
        reopened_by=by,
        reopened_at=at or timezone.now(),
    )


def _record_consequence(application: Application, *, is_reopened: bool, is_reviewed: bool) -> None:
    if is_reopened:
        record("application.review_reopened", on=application, by=None)
    if is_reviewed:
        record("application.reviewed", on=application, by=None)


def _no_reason(reason: str) -> list[Problem]:
    return [] if reason.strip() else [Problem("no_reason", _("Write the reason."), "#id_reason")]
