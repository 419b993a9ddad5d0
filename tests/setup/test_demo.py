"""`make demo` as a person meets it: programs that start, answer, stop when told to, and keep what was done.

It begins with its people alone: filling it with calls and files takes longer than all else, and is tested in tests/demo.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override

from portal.demo import walk
from portal.demo.browser import Browser
from portal.demo.http import Http
from portal.devservices.folders import demo_folder
from portal.places import ROOT, var_folder

PARTS = ("portal", "calls", "applications", "reviews", "templates", "static", "locale")


@pytest.fixture
def working_copy(tmp_path: Path) -> Iterator[Path]:
    """A second working copy: the demo of the first may be running, and is somebody's."""
    copy = tmp_path / "copy"
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    for made in ("fonts", "static"):
        shutil.copytree(var_folder() / made, copy / "var" / made)
    shutil.copy(ROOT / "manage.py", copy)
    yield copy
    _devstack(copy, "--forget")


def _environment() -> dict[str, str]:
    """As in a shell: nothing of the settings of these tests, save where the servers' programs are."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "PG_BIN", "REDIS_BIN", "LANG") if name in os.environ}


def _devstack(copy: Path, *words: str) -> str:
    command = [sys.executable, "-m", "portal.devstack", *words]
    return subprocess.run(command, cwd=copy, env=_environment(), capture_output=True, text=True, check=True).stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _demo(copy: Path, port: int) -> Iterator[tuple[Browser, str]]:
    """A browser in front of the running demo, and what the demo has said; after the block Ctrl-C has ended it."""
    command = [sys.executable, "-m", "portal.devstack", "--people-only"]
    environment = _environment() | {"PORT": str(port)}
    with subprocess.Popen(command, cwd=copy, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = ""
        for line in program.stdout:
            said += line
            if line.startswith("Stop it with Ctrl-C"):
                break
        try:
            yield Browser(Http(f"http://localhost:{port}")), said
        finally:
            program.send_signal(signal.SIGINT)
            ended, code = program.stdout.read(), program.wait(60)
    assert (ended.strip(), code) == ("The portal has stopped.", 0)


def _left_running(copy: Path) -> list[str]:
    """The processes that work in the folders of this demo."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            place = (process / "cwd").readlink()
            if any(place.is_relative_to(folder) for folder in (copy, demo_folder(copy))):
                found.append((process / "cmdline").read_text().replace("\0", " "))
    return found


@pytest.mark.long
@pytest.mark.xdist_group("real time")
def test_the_demo_starts_answers_stops_keeps_its_data_and_is_forgotten(working_copy: Path) -> None:
    port = _free_port()
    with override("fr"):
        with _demo(working_copy, port) as (browser, said):
            assert f"The demo is loaded; its dates count from {timezone.localdate().isoformat()}." in said
            assert f"The portal answers at http://localhost:{port}/" in said
            assert len(re.findall(r"^  \w[\w ]+ [\w.]+@example\.org +convoca-demo-2027 ", said, re.MULTILINE)) >= 10
            assert browser.open("/health/").status == 200
            assert "<h1" in walk.expect(browser.open("/")).text
            walk.sign_in(browser, "olga@example.org")
            assert _left_running(working_copy)
        assert _left_running(working_copy) == []

        with _demo(working_copy, port) as (_another, said):
            assert "Filling" not in said
            assert browser.open("/fr/documents/").url == "/fr/documents/", "Olga is still signed in"
        assert "forgotten" in _devstack(working_copy, "--forget")
    assert not demo_folder(working_copy).exists()
