"""The system checks speak up when a promise of the portal no longer holds."""

import pytest
from django.test import override_settings

from portal.core import checks


def ids(found):
    return [message.id for message in found]


def test_this_installation_keeps_its_promises():
    assert checks.versions_are_above_the_floor(None) == []
    assert checks.no_task_is_lost(None) == []
    assert checks.workers_are_bounded(None) == []
    assert checks.sessions_outlive_a_flushed_cache(None) == []


@pytest.mark.parametrize(
    ("package", "installed", "is_safe"),
    [
        ("WeasyPrint", "69.0", False),
        ("WeasyPrint", "70.0", True),
        ("WeasyPrint", "70.1rc1", True),
        ("Django", "5.2.18", False),
        ("Django", "5.2.19", True),
        ("Django", "5.3", True),
    ],
)
def test_an_unsafe_version_is_an_error(monkeypatch, package, installed, is_safe):
    monkeypatch.setattr(checks, "FLOOR", {package: checks.FLOOR[package]})
    monkeypatch.setattr(checks, "version", lambda _name: installed)

    assert ids(checks.versions_are_above_the_floor(None)) == ([] if is_safe else ["core.E002"])


def test_a_missing_font_library_is_a_warning(monkeypatch):
    monkeypatch.setattr(checks, "find_library", lambda _name: None)

    assert ids(checks.letters_are_made_fast(None)) == ["core.W001"]


@pytest.mark.parametrize(
    "changed",
    [
        {"CELERY_TASK_ACKS_LATE": False},
        {"CELERY_TASK_REJECT_ON_WORKER_LOST": False},
        {"CELERY_WORKER_PREFETCH_MULTIPLIER": 4},
        {"CELERY_ACCEPT_CONTENT": ["pickle"]},
    ],
)
def test_a_celery_setting_that_loses_tasks_is_an_error(changed):
    with override_settings(**changed):
        assert ids(checks.no_task_is_lost(None)) == ["core.E003"]


def test_a_broker_that_hands_out_running_tasks_is_an_error():
    broker = {"visibility_timeout": 200, "unacked_restore_throttle": 1}
    with override_settings(CELERY_BROKER_TRANSPORT_OPTIONS=broker, CELERY_TASK_TIME_LIMIT=120):
        assert ids(checks.no_task_is_lost(None)) == ["core.E004"]


@pytest.mark.parametrize("throttle", [{}, {"unacked_restore_throttle": 10}], ids=["the default", "ten"])
def test_a_broker_that_is_slow_to_hand_a_lost_task_on_is_an_error(throttle):
    with override_settings(CELERY_BROKER_TRANSPORT_OPTIONS={"visibility_timeout": 900, **throttle}):
        assert ids(checks.no_task_is_lost(None)) == ["core.E006"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"CELERY_WORKER_MAX_TASKS_PER_CHILD": None}, "core.E007"),
        ({"CELERY_WORKER_MAX_MEMORY_PER_CHILD": None}, "core.E007"),
        ({"CELERY_TASK_SOFT_TIME_LIMIT": None}, "core.E008"),
        ({"CELERY_TASK_TIME_LIMIT": None}, "core.E008"),
        ({"CELERY_TASK_SOFT_TIME_LIMIT": 120}, "core.E008"),
    ],
)
def test_a_worker_without_a_bound_is_an_error(changed, error):
    with override_settings(**changed):
        assert ids(checks.workers_are_bounded(None)) == [error]


def test_sessions_in_the_cache_alone_are_an_error():
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache"):
        assert ids(checks.sessions_outlive_a_flushed_cache(None)) == ["core.E005"]
