"""The health page says when letters are not made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.claims import JobState
from portal.core.health import Unwell
from portal.documents.health import letters_are_made
from portal.documents.models import Document


@pytest.fixture
def old_letter(ask):
    return ask(at=timezone.now() - timedelta(minutes=11))


def test_a_letter_that_was_asked_for_just_now_is_no_trouble(ask):
    ask()

    assert letters_are_made() == "ok"


@pytest.mark.usefixtures("old_letter")
def test_a_letter_that_waits_longer_than_ten_minutes_is_told_on_the_page(client):
    with pytest.raises(Unwell):
        letters_are_made()

    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


@pytest.mark.usefixtures("old_letter")
def test_a_letter_that_failed_for_good_waits_for_a_person_and_not_for_the_service():
    Document.objects.update(job_state=JobState.FAILED, last_error="the template does not print")

    assert letters_are_made() == "ok"
