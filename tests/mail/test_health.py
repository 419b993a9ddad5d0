"""The health page says when mail does not leave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.claims import JobState
from portal.core.health import Unwell
from portal.mail.health import mail_leaves
from portal.mail.models import OutgoingMail
from portal.mail.services import post
from tests.mail import messages


@pytest.fixture
def old_mail(db):
    mail = post(messages.receipt())[0]
    OutgoingMail.objects.update(requested_at=timezone.now() - timedelta(minutes=11))
    return mail


def test_a_mail_that_was_posted_just_now_is_no_trouble(db):
    post(messages.receipt())

    assert mail_leaves() == "ok"


def test_a_mail_that_waits_longer_than_ten_minutes_is_told(old_mail):
    with pytest.raises(Unwell):
        mail_leaves()


def test_a_mail_in_a_long_pause_is_told_too(old_mail):
    OutgoingMail.objects.update(due_at=timezone.now() + timedelta(hours=1))

    with pytest.raises(Unwell):
        mail_leaves()


def test_a_mail_that_failed_for_good_is_no_trouble_of_the_service(old_mail):
    OutgoingMail.objects.update(job_state=JobState.FAILED, last_error="no such address")

    assert mail_leaves() == "ok"
