"""A job row is taken by one worker, counted before the work, and never tried for ever. Shown on the mail rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.core.claims import JobState
from portal.mail.models import OutgoingMail

NOW = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)
MOST = OutgoingMail.MOST_ATTEMPTS


@pytest.fixture
def job(db):
    return OutgoingMail.objects.create(
        key="k", to="amina@example.org", subject="s", text_body="t", due_at=NOW, requested_at=NOW
    )


def claim(job, at=NOW):
    return OutgoingMail.objects.claim(job.pk, at, 60)


def fetch(job):
    return OutgoingMail.objects.get(pk=job.pk)


def test_a_waiting_job_is_taken_by_one_worker_only(job):
    first, second = claim(job), claim(job)

    assert first.job_state == JobState.CLAIMED
    assert first.attempts == 1
    assert first.claimed_until == NOW + timedelta(seconds=60)
    assert second is None


def test_a_job_is_not_taken_before_it_is_due(job):
    assert claim(job, NOW - timedelta(seconds=1)) is None
    assert not OutgoingMail.objects.waiting(NOW - timedelta(seconds=1)).exists()


def test_a_job_whose_worker_fell_silent_waits_again(job):
    claim(job)

    assert not OutgoingMail.objects.waiting(NOW + timedelta(seconds=60)).exists()
    assert claim(job, NOW + timedelta(seconds=61)).attempts == 2


def test_a_job_that_kills_every_worker_is_failed_with_the_reason(job):
    for attempt in range(MOST):
        assert claim(job, NOW + timedelta(minutes=2 * attempt)) is not None

    assert claim(job, NOW + timedelta(hours=1)) is None
    assert fetch(job).is_failed
    assert str(MOST) in fetch(job).last_error


def test_a_settled_job_is_ready_and_never_taken_again(job):
    mine = claim(job)

    assert OutgoingMail.objects.settle(mine, NOW)
    assert fetch(job).is_ready
    assert fetch(job).ready_at == NOW
    assert claim(job, NOW + timedelta(days=1)) is None


def test_a_worker_that_lost_its_claim_settles_nothing(job):
    slow = claim(job)
    quick = claim(job, NOW + timedelta(seconds=61))

    assert not OutgoingMail.objects.settle(slow, NOW)
    assert not OutgoingMail.objects.put_off(slow, NOW, error="late")
    assert OutgoingMail.objects.settle(quick, NOW)


def test_a_failed_attempt_is_due_again_later_with_its_reason(job):
    OutgoingMail.objects.put_off(claim(job), NOW, error="no answer", seconds=120)

    assert fetch(job).job_state == JobState.REQUESTED
    assert fetch(job).last_error == "no answer"
    assert claim(job, NOW + timedelta(seconds=119)) is None
    assert claim(job, NOW + timedelta(seconds=120)).attempts == 2


def test_the_last_failed_attempt_is_the_end(job):
    OutgoingMail.objects.filter(pk=job.pk).update(attempts=MOST - 1)

    OutgoingMail.objects.put_off(claim(job), NOW, error="no answer")

    assert fetch(job).is_failed


def test_a_failed_job_can_be_asked_for_again(job):
    OutgoingMail.objects.give_up(claim(job), error="no such address")

    assert OutgoingMail.objects.ask_again(job.pk, NOW)
    assert claim(job).attempts == 1
    assert not OutgoingMail.objects.ask_again(job.pk, NOW)


@pytest.mark.django_db(transaction=True)
def test_a_claim_is_refused_inside_a_transaction_where_its_count_could_be_lost(job):
    with pytest.raises(RuntimeError), transaction.atomic():
        claim(job)


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"job_state": JobState.CLAIMED}, "a_claimed_outgoingmail_says_until_when"),
        ({"claimed_until": NOW}, "a_claimed_outgoingmail_says_until_when"),
        ({"job_state": JobState.READY}, "a_ready_outgoingmail_says_since_when"),
        ({"job_state": JobState.FAILED}, "a_failed_outgoingmail_says_why"),
    ],
)
def test_the_database_refuses_a_half_told_job(job, columns, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        OutgoingMail.objects.filter(pk=job.pk).update(**columns)
