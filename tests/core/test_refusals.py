"""What a person reads when an act is refused, when a service is away, and what a browser may keep."""

from datetime import UTC, datetime

import psycopg
import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import override_settings
from django.utils.translation import override
from kombu.exceptions import OperationalError as BrokerAway

from portal.core.exceptions import NotAllowed, NotReady, Problem
from portal.core.middleware import ArrivalMiddleware, NoStoreMiddleware, RefusalMiddleware


@pytest.fixture
def request_(rf):
    request = rf.get("/fr/")
    request.user = AnonymousUser()
    return request


def answer(request, trouble):
    with override("en"):
        return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, trouble)


def test_what_is_not_allowed_is_answered_with_403(request_):
    assert answer(request_, NotAllowed("calls.publish_call")).status_code == 403


def test_what_is_not_ready_is_answered_with_409_and_every_reason(request_):
    page = answer(
        request_, NotReady([Problem("late", "The deadline has passed."), Problem("a2", "Annex <A2> is missing.")])
    )

    assert page.status_code == 409
    assert "The deadline has passed." in page.content.decode()
    assert "Annex &lt;A2&gt; is missing." in page.content.decode()


@pytest.mark.parametrize("trouble", [OperationalError("gone"), InterfaceError("closed"), BrokerAway("refused")])
def test_a_service_that_is_away_is_answered_with_503_and_a_time_to_come_back(request_, trouble):
    page = answer(request_, trouble)

    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    assert "gone" not in page.content.decode()


@pytest.mark.parametrize("cause", [psycopg.errors.LockNotAvailable(), psycopg.errors.DeadlockDetected()])
def test_a_row_that_someone_else_holds_is_answered_with_409(request_, cause):
    trouble = OperationalError("canceling statement due to lock timeout")
    trouble.__cause__ = cause

    page = answer(request_, trouble)

    assert page.status_code == 409
    assert "Someone else is working on this" in page.content.decode()


@pytest.mark.parametrize("trouble", [ValueError("bug"), IntegrityError("bug"), KeyError("bug")])
def test_a_mistake_of_ours_is_not_dressed_as_a_refusal(request_, trouble):
    assert answer(request_, trouble) is None


def test_the_page_for_an_absent_database_asks_the_database_nothing(request_, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer(request_, OperationalError("gone"))


def test_a_request_carries_the_moment_of_its_arrival(rf):
    request = rf.get("/")
    with time_machine.travel(datetime(2027, 3, 15, 10, 59, 59, 999000, tzinfo=UTC), tick=False):
        ArrivalMiddleware(lambda _request: HttpResponse())(request)

    assert request.arrived_at == datetime(2027, 3, 15, 10, 59, 59, 999000, tzinfo=UTC)


def keep(request, response=None):
    return NoStoreMiddleware(lambda _request: response or HttpResponse())(request)


@override_settings(SESSION_COOKIE_NAME="sessionid")
def test_what_a_signed_in_person_was_shown_is_kept_nowhere(rf):
    request = rf.get("/")
    request.COOKIES["sessionid"] = "x"

    response = keep(request)

    assert response["Cache-Control"] == "no-store"
    assert "Cookie" in response["Vary"]


@override_settings(SESSION_COOKIE_NAME="sessionid")
def test_the_answer_that_signs_a_person_in_is_kept_nowhere(rf):
    response = HttpResponse()
    response.set_cookie("sessionid", "x")

    assert keep(rf.get("/"), response)["Cache-Control"] == "no-store"


def test_a_public_page_may_be_kept(rf):
    assert "Cache-Control" not in keep(rf.get("/"))
