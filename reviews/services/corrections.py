"""Asking for a correction, once; and confirming a locked review after the applicant corrected the file."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application, Correction, CorrectionPoint
from calls.models import AnnexRequirement, Question
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.dates import BRUSSELS
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.documents.services import request_document
from portal.mail.services import post
from reviews import emails
from reviews.models import Assignment
from reviews.readiness import CorrectionInput, closed_to_reviews, missing_before_correction, missing_before_reviewed

DAYS_TO_ANSWER = 10
END_OF_DAY = time(23, 59, 59)


def usual_due_moment(at: datetime) -> datetime:
    """The end of the tenth calendar day after `at`, in Brussels."""
    day = at.astimezone(BRUSSELS).date() + timedelta(days=DAYS_TO_ANSWER)
    return datetime.combine(day, END_OF_DAY, tzinfo=BRUSSELS)


def request_correction(
    *,
    application_id: int,
    by: User,
    points: Iterable[CorrectionInput],
    opened: Iterable[AnnexRequirement | Question],
    due_at: datetime | None = None,
    at: datetime | None = None,
) -> Correction:
    """The applicant is told what is missing and until when; only the opened annexes and questions can be changed.

    Asked once. Without `due_at` the answer is awaited until the end of the tenth calendar day.
    """
    moment, given, parts = at or timezone.now(), list(points), list(opened)
    with transaction.atomic():
        rows = Application.objects.locked().select_related("call__unit", "organisation")
        application = rows.get(pk=application_id)
        require(by, "reviews.request_correction", application)
        due = due_at or usual_due_moment(moment)
        refuse_if([*missing_before_correction(application, given, parts), *_due_too_soon(due, moment)])
        correction = _written(application, given, by=by, due_at=due, at=moment)
        correction.annexes.set([part for part in parts if isinstance(part, AnnexRequirement)])
        correction.questions.set([part for part in parts if isinstance(part, Question)])
        application.request_correction()
        application.save(update_fields=["state", "correction_from"])
        document = request_document("reviews.correction_request", of=correction, language=application.language)
        post(emails.correction_requested(correction, code=document.code))
        record("application.correction_requested", on=application, by=by, data=_facts(correction, given))
    return correction


def confirm_review(*, assignment_id: int, by: User, at: datetime | None = None) -> Assignment:
    """The reviewer keeps the scores on the corrected version; the last confirmation awaited makes the file reviewed."""
    with transaction.atomic():
        assignment = Assignment.objects.locked().select_related("application__call").get(pk=assignment_id)
        application = Application.objects.locked().select_related("call").get(pk=assignment.application_id)
        require(by, "reviews.score", assignment)
        refuse_if(closed_to_reviews(application) or ([] if assignment.is_stale else [_nothing_to_confirm()]))
        assignment.version = application.versions.order_by("-number")[0]
        assignment.is_stale, assignment.confirmed_at = False, at or timezone.now()
        assignment.save(update_fields=["version", "is_stale", "confirmed_at"])
        is_reviewed = application.state == State.IN_REVIEW and not missing_before_reviewed(application)
        if is_reviewed:
            application.complete_review()
            application.save(update_fields=["state"])
        record("review.confirmed", on=assignment, by=by, data={"version": assignment.version.number})
        if is_reviewed:
            record("application.reviewed", on=application, by=None)
    return assignment


def _written(
    application: Application, points: list[CorrectionInput], *, by: User, due_at: datetime, at: datetime
) -> Correction:
    """The request, numbered as the only one of its file: <call>-<application>-C1."""
    correction = Correction.objects.create(
        application=application,
        number=f"{application.reference}-C1",
        due_at=due_at,
        requested_by=by,
        requested_at=at,
    )
    for point in points:
        CorrectionPoint.objects.create(
            correction=correction, item=point.item, missing=point.missing.strip(), accepted=point.accepted.strip()
        )
    return correction


def _facts(correction: Correction, points: list[CorrectionInput]) -> dict[str, object]:
    return {
        "number": correction.number,
        "items": [point.item.code for point in points],
        "due_at": correction.due_at.isoformat(),
    }


def _due_too_soon(due_at: datetime, at: datetime) -> list[Problem]:
    if due_at.astimezone(BRUSSELS).date() > at.astimezone(BRUSSELS).date():
        return []
    sentence = _("Choose a day after today: the applicant needs time to answer.")
    return [Problem("due", sentence, "#id_due_on")]


def _nothing_to_confirm() -> Problem:
    return Problem("not_stale", _("This review needs no confirmation: it judged the version that counts."))
