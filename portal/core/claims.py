"""A job is a row: requested, claimed for a while, then ready or failed. What the job does lives in its app."""

from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

C = TypeVar("C", bound="Claimed")


class JobState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("job", "requested")
    CLAIMED = "claimed", pgettext_lazy("job", "under way")
    READY = "ready", pgettext_lazy("job", "ready")
    FAILED = "failed", pgettext_lazy("job", "failed")


class ClaimedQuerySet(models.QuerySet[C]):
    """The verbs of a job, for every kind of job."""

    def waiting(self, at: datetime) -> Self:
        """Jobs that somebody should take now: requested and due, or claimed by a worker that went silent."""
        due = Q(job_state=JobState.REQUESTED, due_at__lte=at)
        silent = Q(job_state=JobState.CLAIMED, claimed_until__lt=at)
        return self.filter(due | silent)

    def unfinished(self, asked_before: datetime) -> Self:
        """Jobs asked for before that moment that are neither ready nor failed, whatever the pause they are in."""
        return self.filter(job_state__in=[JobState.REQUESTED, JobState.CLAIMED], requested_at__lt=asked_before)

    def claim(self, pk: Any, at: datetime, seconds: int) -> C | None:
        """Take one waiting job for `seconds`; None when it is taken, done, not due or tried too often.

        The claim and its attempt are committed before this returns, so that work which kills its worker still counts.
        A job that went silent on its last attempt is failed here. Never call it inside a transaction.
        """
        most = self.model.MOST_ATTEMPTS
        with transaction.atomic(durable=True, using=self.db):
            one = self.filter(pk=pk).waiting(at)
            one.filter(attempts__gte=most).update(
                job_state=JobState.FAILED, claimed_until=None, last_error=_last_words(most)
            )
            taken = one.filter(attempts__lt=most).update(
                job_state=JobState.CLAIMED, claimed_until=at + timedelta(seconds=seconds), attempts=F("attempts") + 1
            )
        return self.get(pk=pk) if taken else None

    def settle(self, job: C, at: datetime, **result: Any) -> bool:
        """The job is ready, with `result` in its other columns; False when the claim is no longer this worker's.

        Call it in the transaction that stores what the job made, and store nothing on False.
        """
        ready = {"job_state": JobState.READY, "ready_at": at, "claimed_until": None, "last_error": ""}
        return bool(self._still_held(job).update(**ready, **result))

    def put_off(self, job: C, at: datetime, *, error: str, seconds: int = 60) -> bool:
        """The attempt failed: the job is due again after `seconds`, or failed when that was the last attempt."""
        if job.attempts >= job.MOST_ATTEMPTS:
            return self.give_up(job, error=error)
        again = {"job_state": JobState.REQUESTED, "due_at": at + timedelta(seconds=seconds), "claimed_until": None}
        return bool(self._still_held(job).update(**again, last_error=error[:500]))

    def give_up(self, job: C, *, error: str) -> bool:
        """The job is failed at once, because another attempt cannot help."""
        failed = {"job_state": JobState.FAILED, "claimed_until": None, "last_error": error[:500]}
        return bool(self._still_held(job).update(**failed))

    def ask_again(self, pk: Any, at: datetime) -> bool:
        """A failed job is requested anew with all its attempts; somebody saw the error and mended the cause."""
        anew = {"job_state": JobState.REQUESTED, "due_at": at, "attempts": 0, "last_error": ""}
        return bool(self.filter(pk=pk, job_state=JobState.FAILED).update(**anew))

    def _still_held(self, job: C) -> Self:
        # The attempt number tells this worker's claim from the one that another took when it had expired.
        return self.filter(pk=job.pk, job_state=JobState.CLAIMED, attempts=job.attempts)


def _last_words(most: int) -> str:
    return f"The worker fell silent {most} times."


class Claimed(models.Model):
    """Columns of a job. A subclass uses `ClaimedQuerySet` and its Meta inherits from `Claimed.Meta`."""

    MOST_ATTEMPTS = 3

    job_state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.REQUESTED)
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    claimed_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="a_claimed_%(class)s_says_until_when",
                condition=Q(job_state=JobState.CLAIMED, claimed_until__isnull=False)
                | Q(~Q(job_state=JobState.CLAIMED), claimed_until__isnull=True),
                violation_error_message=_("A job that is under way says until when."),
            ),
            models.CheckConstraint(
                name="a_ready_%(class)s_says_since_when",
                condition=Q(job_state=JobState.READY, ready_at__isnull=False)
                | Q(~Q(job_state=JobState.READY), ready_at__isnull=True),
                violation_error_message=_("A job that is ready says since when."),
            ),
            models.CheckConstraint(
                name="a_failed_%(class)s_says_why",
                condition=~Q(job_state=JobState.FAILED) | ~Q(last_error=""),
                violation_error_message=_("A job that failed says why."),
            ),
        ]
        indexes = [
            # Sweepers ask every few seconds; most rows are ready and stay out of this index.
            models.Index(
                name="%(class)s_to_do",
                fields=["due_at"],
                condition=Q(job_state__in=[JobState.REQUESTED, JobState.CLAIMED]),
            ),
        ]

    @property
    def is_ready(self) -> bool:
        return self.job_state == JobState.READY

    @property
    def is_failed(self) -> bool:
        return self.job_state == JobState.FAILED
