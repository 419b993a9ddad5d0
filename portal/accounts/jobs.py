"""What an administrator may know of letters and mails that are not ready: how they stand, never what they say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from portal.core.claims import Claimed, JobState
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from portal.mail.registry import template_label

LISTED = 50
_COLUMNS = ("job_state", "attempts", "last_error", "requested_at")
TAGS = {JobState.FAILED: "stop", JobState.CLAIMED: "info", JobState.REQUESTED: ""}


@dataclass(frozen=True)
class Job:
    """One letter or mail under way."""

    pk: int
    kind: str
    number: str
    row: Claimed
    age_days: int
    tag: str

    @property
    def is_failed(self) -> bool:
        """Somebody must look."""
        return self.row.is_failed


def documents_not_ready(at: datetime) -> list[Job]:
    """The oldest letters that are not sealed, failed ones first."""
    rows = _not_ready(Document.objects.all()).only("kind", "number", *_COLUMNS)
    return [_job(row, row.kind_label, row.number, at) for row in rows]


def mails_not_ready(at: datetime) -> list[Job]:
    """The oldest mails that are not sent, failed ones first; neither text nor subject is read."""
    rows = _not_ready(OutgoingMail.objects.all()).only("template", *_COLUMNS)
    return [_job(row, template_label(row.template), str(row.pk), at) for row in rows]


def _not_ready(rows: QuerySet[Any]) -> QuerySet[Any]:
    is_failed = Q(job_state=JobState.FAILED)
    waiting = rows.exclude(job_state=JobState.READY).annotate(failed=is_failed)
    return waiting.order_by("-failed", "requested_at", "pk")[:LISTED]


def _job(row: Any, kind: str, number: str, at: datetime) -> Job:
    age = max((at - row.requested_at).days, 0)
    return Job(row.pk, kind, number, row, age, TAGS[JobState(row.job_state)])
