"""Seconds from the approval of a list to the last of its hundred sealed letters, with a real worker on two cores."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from benchmarks.world import LIST
from calls.models import Call
from portal.celery import app
from portal.core.claims import JobState
from portal.devservices.programs import Program
from portal.documents.models import Document
from portal.places import ROOT
from reviews.choices import Outcome
from reviews.models import ExternalStep, Proposal
from reviews.ranking import ranking_of
from reviews.services import approve_proposal, freeze_proposal
from tests import factories

CORES = 2
PATIENCE = 600


def tell(folder: Path) -> None:
    """One line: letters, seconds for the approval itself, seconds to the last seal."""
    # Every other list of this portal passes outside before its letters are made; this one is measured without a wait.
    ExternalStep.objects.update(withdrawn_on=timezone.localdate())
    proposal = _frozen()
    with _worker(folder):
        began = time.monotonic()
        approve_proposal(proposal_id=proposal.pk, by=factories.person("helene"))
        approved = time.monotonic() - began
        letters = Document.objects.filter(decision__line__proposal=proposal)
        wanted = letters.count()
        if not wanted:
            raise RuntimeError("The approval asked for no letter: there is nothing to measure.")
        sealed = _wait_for(wanted, letters)
        whole = time.monotonic() - began
    print(f"\nA batch with a worker on {CORES} cores: {sealed} letters")
    print(f"  approved in {approved:.1f} s, the last letter sealed {whole - approved:.1f} s later,")
    print(f"  {sealed / (whole - approved):.1f} letters a second", flush=True)


def _frozen() -> Proposal:
    call = Call.objects.get(reference=LIST)
    rejected = [row for row in ranking_of(call).rows if row.outcome != Outcome.AWARDED]
    told = {row.application.pk: "The file stays below the minimum of the call." for row in rejected}
    return freeze_proposal(call_id=call.pk, by=factories.person("olga"), conclusions=told)


@contextmanager
def _worker(folder: Path) -> Iterator[None]:
    """A worker that has answered, so that its start is not counted; it is stopped afterwards."""
    command = [sys.executable, "-m", "celery", "--app=portal", "worker", f"--concurrency={CORES}", "--loglevel=WARNING"]
    program = Program("worker", command, ROOT, dict(os.environ), folder / "bench-worker.log")
    program.start()
    try:
        deadline = time.monotonic() + PATIENCE
        while not app.control.ping(timeout=0.5):
            if not program.is_running() or time.monotonic() > deadline:
                raise RuntimeError(f"The worker does not answer. Its log says:\n{program.last_words()}")
        yield
    finally:
        program.stop()


def _wait_for(wanted: int, letters: QuerySet[Document]) -> int:
    deadline = time.monotonic() + PATIENCE
    while (sealed := letters.filter(job_state=JobState.READY).count()) < wanted:
        if time.monotonic() > deadline or letters.filter(job_state=JobState.FAILED).exists():
            raise RuntimeError(f"Only {sealed} of {wanted} letters were sealed.")
        time.sleep(0.1)
    return sealed
