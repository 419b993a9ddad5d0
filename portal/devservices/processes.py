"""Starts and stops one server program; finds those that a killed run left behind. Knows no server by name."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from portal.devservices.account import Account
from portal.devservices.errors import ServiceTrouble

STARTING_SECONDS = 30
STOPPING_SECONDS = 30
# Debian's redis-server is one program under several names; the kernel knows it as redis-check-rdb.
SERVER_PROGRAMS = ("postgres", "redis-")
# Nothing of ours: a PGOPTIONS or a private HOME of the person who starts the servers must not reach them.
SERVER_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


@dataclass
class Server:
    """One program in the background: its own session, so that Ctrl-C reaches it only through us."""

    name: str
    command: list[str]
    log: Path
    account: Account
    answers: Callable[[], bool]
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """The server answers; otherwise it is stopped again and its log is in the error."""
        with open_private_log(self.log) as log:
            self.running = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=SERVER_ENVIRONMENT,
                start_new_session=True,
                **self.account.popen_options(),
            )
        deadline = time.monotonic() + STARTING_SECONDS
        while not self.answers():
            if self.running.poll() is not None or time.monotonic() > deadline:
                self.stop(signal.SIGKILL)
                raise ServiceTrouble(f"{self.name} did not start. Its log says:\n{self._last_words()}")
            time.sleep(0.01)

    def stop(self, how: signal.Signals) -> None:
        """The program has ended; one that does not heed the signal within 30 seconds is killed."""
        if self.running is None:
            return
        if self.running.poll() is None:
            self.running.send_signal(how)
        try:
            self.running.wait(STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        self.running = None

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def open_private_log(log: Path) -> BinaryIO:
    """Appends to a file that only we can read: a server's log may quote what people wrote."""
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def stop_left_behind(folder: Path) -> None:
    """Every program whose command line names this folder has ended: a killed run could not stop its own.

    A process number in a file may by now belong to another program; the command line cannot lie about the folder.
    """
    pids = [pid for pid in _pids() if _names(pid, folder)]
    for how in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, how)
        if _all_gone(pids, seconds=5):
            return


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _names(pid: int, folder: Path) -> bool:
    """Whether the process is a server whose words name something in this folder.

    The program is asked from the kernel: Redis writes its own words over its command line.
    """
    process = Path("/proc") / str(pid)
    try:
        program = process.joinpath("exe").readlink().name
        words = process.joinpath("cmdline").read_bytes()
    except OSError:
        return False
    return program.startswith(SERVER_PROGRAMS) and os.fsencode(folder) + b"/" in words


def _all_gone(pids: list[int], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any((Path("/proc") / str(pid)).exists() and not _is_zombie(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def _is_zombie(pid: int) -> bool:
    try:
        return ") Z" in (Path("/proc") / str(pid) / "stat").read_text()
    except OSError:
        return True
