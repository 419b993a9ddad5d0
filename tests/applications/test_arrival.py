"""The moment of arrival decides, not that of processing: a slow check in between makes nobody late, and nobody early."""

from datetime import timedelta

import pytest
import time_machine

from applications.choices import State
from tests import factories
from tests.applications.addresses import page, submission
from tests.cast import Person

pytestmark = pytest.mark.django_db
SLOW = "tests.applications.test_arrival.ClockMoves"


class ClockMoves:
    """Something slow behind the first middleware: when the page begins to work, it is another moment."""

    until = None

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with time_machine.travel(self.until, tick=False):
            return self.get_response(request)


@pytest.fixture
def hand_in(draft, settings, at, monkeypatch):
    """The request arrives at one moment and is processed at another, both told from the deadline."""
    first, *rest = settings.MIDDLEWARE
    settings.MIDDLEWARE = [first, SLOW, *rest]

    def act(*, arrives, processed):
        closes_at = draft.call.closes_at
        monkeypatch.setattr(ClockMoves, "until", closes_at + processed)
        at(closes_at + arrives)
        response = Person.signed_in("amina").post(page("submit", draft), submission())
        return response, factories.fetch(draft)

    return act


def test_what_arrives_in_time_and_is_processed_after_the_deadline_counts(hand_in):
    response, application = hand_in(arrives=-timedelta(seconds=1), processed=timedelta(seconds=20))

    assert response.status_code == 302
    assert application.state == State.SUBMITTED
    assert application.submitted_at == application.call.closes_at - timedelta(seconds=1)


def test_what_arrives_late_is_refused_whatever_the_clock_says_afterwards(hand_in):
    response, application = hand_in(arrives=timedelta(0), processed=-timedelta(seconds=20))

    assert response.status_code == 409
    assert application.state == State.DRAFT
