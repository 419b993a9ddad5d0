"""The portal on real processes and a real browser, for the tests that look at it as people do."""

import http.client
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from portal.devservices.programs import Program
from portal.places import ROOT
from portal.setup.browser import find_or_install_browser

STARTING_SECONDS = 60
# The one flag that matters is added for root alone: Chromium refuses to build its sandbox there.
FLAGS = ["--disable-dev-shm-usage", "--disable-gpu"]


@contextmanager
def running_portal(environment: Mapping[str, str], *, with_worker: bool) -> Iterator[str]:
    """A web server answers at this address, on the database and the Redis of the environment; so does a worker."""
    port = _free_port()
    address = f"http://localhost:{port}"
    told = {**environment, "BASE_URL": address, "STATIC_ON_DEMAND": "0"}
    with ExitStack() as ending:
        for program in _programs(port, told, with_worker):
            program.start()
            ending.callback(program.stop)
        _wait_until_answering(port)
        yield address


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. While it is open its event loop runs in this thread, and Django refuses to touch the database here."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install_browser(), args=flags)
        try:
            yield browser
        finally:
            browser.close()


def _programs(port: int, environment: dict[str, str], with_worker: bool) -> list[Program]:
    """By module and not by script, as portal/devstack.py does it."""
    logs = Path(environment["TEST_FOLDER"])
    web = ["gunicorn", "portal.wsgi", f"--bind=127.0.0.1:{port}", "--workers=1", "--threads=4", "--graceful-timeout=2"]
    worker = ["celery", "--app=portal", "worker", "--concurrency=1", "--loglevel=WARNING"]
    wanted = [web, worker] if with_worker else [web]
    return [
        Program(words[0], [sys.executable, "-m", *words], ROOT, environment, logs / f"{words[0]}-{port}.log")
        for words in wanted
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_answering(port: int) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while not _answers(port):
        assert time.monotonic() < deadline, "the web server does not answer"
        time.sleep(0.1)


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        line.request("GET", "/health/")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
