"""Starts the private servers before Django reads its settings; pytest names this plugin with -p (pyproject.toml).

Under xdist only the controlling process starts them; the workers find them through the environment they inherit.
"""

import atexit
import gc
import os
import signal
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.no_outside import refuse_the_outside
from tests.surroundings import IN_WORKER, settings_environment, start_filling_template, worker_environment

_ending = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """A wrapper, so that it comes before pytest-django's turn, which reads the settings."""
    if IN_WORKER:
        os.environ.update(worker_environment())
    else:
        _start_surroundings()
    refuse_the_outside()
    return (yield)


def _start_surroundings() -> None:
    from portal.devservices import services
    from portal.setup.__main__ import make_ready

    # An end by SIGTERM is an end like Ctrl-C: what was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    atexit.register(_ending.close)
    make_ready()
    running = _ending.enter_context(services("tests"))
    os.environ.update(settings_environment(running))
    _ending.callback(start_filling_template(running.folder))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector of rubbish need not look through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure() -> None:
    """Nothing that was started is left; atexit does the same for a run that never came so far."""
    _ending.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test is a failed one: a run on a poorer machine must not look like a full one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips itself."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
    return report


def pytest_report_header() -> str:
    """Where the servers of this run are, for the person who wants to look inside."""
    return f"servers: {Path(os.environ['TEST_FOLDER'])}"
