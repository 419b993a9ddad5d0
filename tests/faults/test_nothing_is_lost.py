"""F01, F02, F03 and F04 (docs/reliability.md): real processes are killed, and every promise is kept, once."""

import os
import signal
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis
from celery import current_app
from django.conf import settings

from portal.core import bell
from portal.core.claims import JobState
from portal.documents.models import Document
from portal.files.models import StoredFile
from portal.mail.models import OutgoingMail
from tests import factories
from tests.cast import Person
from tests.faults.invariants import assert_invariants
from tests.faults.programs import children_of, clock, kill_all, wait_until, worker

# In one process, so that others work while these wait.
REAL_TIME = pytest.mark.xdist_group("real time")
pytestmark = [pytest.mark.fault, pytest.mark.long, REAL_TIME, pytest.mark.django_db(transaction=True)]

SECONDS_TO_START = 60
# A claim lasts 60 seconds and the sweeper comes every 15; the rest is for a machine that does three other things.
SECONDS_TO_RECOVER = 180


@pytest.fixture
def stops_once(process_database, tmp_path):
    """The environment of a worker that waits, once, between printing a PDF and storing it."""
    mark = tmp_path / "reached"
    faults = {"FAULT_POINTS": "1", "FAULT_POINT": "pdf.rendered", "FAULT_ONCE": str(mark)}
    return process_database | faults, mark


def receipt():
    return Document.objects.get(kind="applications.receipt")


def is_ready():
    return receipt().job_state == JobState.READY


def assert_the_receipt_is_there_once():
    """One receipt with one file, one mail about it, and whatever else must hold after a fault."""
    assert StoredFile.objects.filter(documents=receipt()).count() == 1
    assert OutgoingMail.objects.filter(template="applications/receipt").count() == 1
    assert_invariants()


def has_left(mail, since):
    """Whether this mail lies in the folder of outgoing mail, put there since that moment."""
    files = Path(settings.EMAIL_FILE_PATH).glob("*.log")
    return any(mail.message_id in file.read_text() for file in files if file.stat().st_mtime >= since)


def test_f01_a_worker_child_killed_in_the_middle_of_a_pdf_loses_nothing(stops_once, tmp_path):
    environment, mark = stops_once
    with worker(environment, tmp_path / "worker.log") as program, clock(environment, tmp_path / "clock.log"):
        factories.submitted(factories.open_call())
        wait_until(mark.exists, seconds=SECONDS_TO_START)
        for child in children_of(program):
            os.kill(child, signal.SIGKILL)

        wait_until(is_ready, seconds=SECONDS_TO_RECOVER)

    assert receipt().attempts == 2
    assert_the_receipt_is_there_once()


def test_f02_a_whole_worker_killed_in_the_middle_of_a_pdf_loses_nothing(stops_once, tmp_path):
    environment, mark = stops_once
    with worker(environment, tmp_path / "worker.log") as program:
        factories.submitted(factories.open_call())
        wait_until(mark.exists, seconds=SECONDS_TO_START)
        kill_all(program)
    assert receipt().job_state == JobState.CLAIMED

    with worker(environment, tmp_path / "worker.log"), clock(environment, tmp_path / "clock.log"):
        wait_until(is_ready, seconds=SECONDS_TO_RECOVER)

    assert_the_receipt_is_there_once()


@pytest.fixture
def own_redis(breakable_redis, monkeypatch):
    """A Redis of this test alone, to which the portal and its programs ring."""
    address = breakable_redis.address()
    broker = address.replace("unix://", "redis+socket://", 1)
    monkeypatch.setattr(current_app.conf, "broker_url", broker)
    monkeypatch.setattr(current_app.conf, "broker_write_url", broker)
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    yield breakable_redis, address
    monkeypatch.setattr(bell, "_silent_until", 0.0)


def test_f03_an_approval_while_redis_is_down_is_kept_and_its_letters_and_mails_follow(
    process_database, own_redis, tmp_path
):
    server, address = own_redis
    began = time.time()
    proposal = factories.frozen(factories.closed_call(), "D-001")
    server.stop()

    helene = Person.signed_in("helene")
    response = helene.post(f"/fr/proposals/{proposal.call.reference}/approve/", {"sha256": proposal.sha256})

    assert response.status_code == 302
    award = Document.objects.get(kind="reviews.award")
    assert award.job_state == JobState.REQUESTED
    server.start()
    environment = process_database | {"REDIS_URL": address}
    with worker(environment, tmp_path / "worker.log"), clock(environment, tmp_path / "clock.log"):
        wait_until(lambda: factories.fetch(award).is_ready, seconds=SECONDS_TO_RECOVER)
        assert helene.post(f"/fr/proposals/{proposal.call.reference}/notify/").status_code == 302
        mails = list(OutgoingMail.objects.all())
        wait_until(lambda: all(factories.fetch(mail).is_ready for mail in mails), seconds=SECONDS_TO_RECOVER)

    assert {mail.template for mail in mails} == {"applications/receipt", "reviews/decision_notified"}
    assert all(has_left(mail, began) for mail in mails)
    assert_invariants()


def test_f04_a_flushed_redis_loses_no_work_and_the_sweeper_keeps_the_minute(process_database, own_redis, tmp_path):
    _server, address = own_redis
    factories.submitted(factories.open_call())
    with redis.Redis.from_url(address) as line:
        assert line.keys()
        line.flushall()

    environment = process_database | {"REDIS_URL": address}
    with ExitStack() as programs:
        programs.enter_context(worker(environment, tmp_path / "worker.log"))
        programs.enter_context(clock(environment, tmp_path / "clock.log"))
        wait_until(is_ready, seconds=60)

    assert_the_receipt_is_there_once()
