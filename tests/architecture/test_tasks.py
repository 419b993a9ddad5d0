"""Tasks are rung and scheduled by name: every name in the code is a task that a worker knows."""

import ast
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings

ROOT = Path(settings.ROOT)
CODE = [path for app in ("portal", "calls", "applications", "reviews") for path in (ROOT / app).rglob("*.py")]


def rung_in(source):
    """What is rung: the name, or the words in its place where it is no plain name."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    rings = [call for call in calls if "ring" in (getattr(call.func, "id", ""), getattr(call.func, "attr", ""))]
    return [ast.literal_eval(call.args[0]) if isinstance(call.args[0], ast.Constant) else "no name" for call in rings]


RUNG = sorted({name for path in CODE for name in rung_in(path.read_text())})
SCHEDULED = sorted({entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()})


@pytest.fixture(scope="module")
def known():
    """The tasks of a worker: those that it finds in the apps by itself."""
    current_app.loader.import_default_modules()
    return set(current_app.tasks)


def test_every_task_of_the_clock_is_known_to_a_worker(known):
    assert SCHEDULED
    assert set(SCHEDULED) <= known


def test_every_task_that_is_rung_is_known_to_a_worker(known):
    assert {"documents.render", "mail.deliver"} <= set(RUNG) <= known


def test_every_kind_of_job_that_is_rung_has_its_sweeper_on_the_clock():
    """A bell that nobody heard is made good by the sweeper of that app."""
    assert {f"{name.partition('.')[0]}.sweep" for name in RUNG} <= set(SCHEDULED)


@pytest.mark.parametrize(
    ("source", "found"),
    [('ring("a.b", 1)', ["a.b"]), ('bell.ring("a.b")', ["a.b"]), ("ring(name, 1)", ["no name"]), ("x.rang('a')", [])],
)
def test_what_is_rung_is_found(source, found):
    assert rung_in(source) == found
