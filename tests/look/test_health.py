"""The health answer: well, degraded, down, and nothing that names hosts or people."""

import json
from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from portal.core import health


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A list of questions of its own."""
    monkeypatch.setattr(health, "_checks", {})
    yield


def answer() -> tuple[int, dict[str, object]]:
    response = health.health(RequestFactory().get("/health/"))
    return response.status_code, json.loads(response.content)


def raises(trouble: Exception) -> str:
    raise trouble


@pytest.mark.usefixtures("questions")
def test_all_is_well() -> None:
    health.register_check("database", lambda: "ok", essential=True)
    assert answer() == (200, {"status": "ok", "checks": {"database": "ok"}})


@pytest.mark.usefixtures("questions")
def test_an_old_job_degrades_the_portal_and_does_not_close_it() -> None:
    health.register_check("oldest job", lambda: raises(health.Unwell("waiting for 900 s")))
    assert answer() == (200, {"status": "degraded", "checks": {"oldest job": "waiting for 900 s"}})


@pytest.mark.usefixtures("questions")
def test_without_the_database_the_portal_is_down_and_names_no_host() -> None:
    health.register_check("database", lambda: raises(OperationalError("host db7 as amina")), essential=True)
    assert answer() == (503, {"status": "down", "checks": {"database": "does not answer"}})


def test_the_floor_asks_for_the_database_and_for_redis() -> None:
    assert {"database", "redis"} <= set(health._checks)


def test_redis_that_is_away_is_said_in_a_word(settings: pytest.FixtureRequest) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(health.Unwell, match="does not answer"):
        health.redis_answers()
