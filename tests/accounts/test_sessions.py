"""How long a session lasts, and how a person is warned and stays."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

pytestmark = pytest.mark.django_db
STAY = "/en/account/stay/"
LASTS = settings.SESSION_COOKIE_AGE


def seconds_shown(response):
    [shown] = re.findall(r'data-session-seconds="(\d+)"', response.text)
    return int(shown)


def test_every_page_says_how_many_seconds_the_session_lasts_since_the_sign_in(amina, at):
    amina.force_login(amina.user)
    at(timezone.now() + timedelta(hours=11, minutes=51))

    assert seconds_shown(amina.get("/en/dashboard/")) == pytest.approx(9 * 60, abs=30)


def test_whoever_asks_to_stay_has_a_whole_session_again_and_only_the_warning_is_sent_back(amina, at):
    amina.force_login(amina.user)
    now = timezone.now()
    at(now + timedelta(hours=11, minutes=51))

    answer = amina.post(STAY, headers={"HX-Request": "true"})

    assert seconds_shown(answer) == LASTS
    assert "<html" not in answer.text
    at(now + timedelta(hours=23))
    assert amina.get("/en/dashboard/").status_code == 200


def test_without_script_whoever_stays_is_shown_the_first_page(amina):
    assert amina.post(STAY).headers["Location"] == "/en/dashboard/"


def test_after_its_end_a_session_is_over(amina, at):
    amina.force_login(amina.user)
    at(timezone.now() + timedelta(hours=12, seconds=1))

    assert amina.get("/en/dashboard/").status_code == 302
    assert "/account/login/" in amina.post(STAY).headers["Location"]


def test_a_visitor_is_warned_of_nothing(visitor):
    assert "data-session-seconds" not in visitor.get("/en/").text
