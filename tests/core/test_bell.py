"""The bell rings after the commit, once, and its silence breaks nothing."""

import logging
import time

import pytest
from celery import current_app
from django.db import transaction

from portal.core import bell


@pytest.fixture
def heard(monkeypatch):
    """What was rung, instead of sending it."""
    rung = []
    monkeypatch.setattr(bell, "_ring_now", lambda name, args: rung.append((name, args)))
    return rung


@pytest.fixture
def no_broker(monkeypatch):
    """A broker address at which nobody listens; and no memory of earlier silence."""
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(bell, "_silent_until", 0.0)


def test_the_bell_rings_after_the_commit_and_not_before(heard, django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True):
        bell.ring("mail.deliver", 7)
        assert heard == []

    assert heard == [("mail.deliver", (7,))]


def test_a_rolled_back_act_rings_nothing(heard, django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        bell.ring("mail.deliver", 7)
        transaction.set_rollback(True)

    assert heard == []


def test_without_a_broker_the_act_stands_and_the_log_says_so(no_broker, caplog):
    began = time.monotonic()

    with caplog.at_level(logging.WARNING):
        bell._ring_now("mail.deliver", (7,))

    assert "mail.deliver" in caplog.text
    # Not a measurement: the client's own defaults would wait six seconds.
    assert time.monotonic() - began < 3


def test_after_a_failed_ring_a_batch_does_not_wait_at_every_letter(no_broker, caplog):
    with caplog.at_level(logging.WARNING):
        for number in range(40):
            bell._ring_now("documents.render", (number,))

    assert len(caplog.records) == 1
