"""Starts and stops one server program; finds those that a killed run left behind. Knows no server by name."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from portal.devservices.account import Account
from portal.devservices.errors import ServiceTrouble

STARTING_SECONDS = 30
STOPPING_SECONDS = 30
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
        with self.log.open("ab") as log:
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
    """Whether an argument of the process is this folder or lies in it; only servers are asked, never ourselves."""
    if pid == os.getpid():
        return False
    try:
        words = (Path("/proc") / str(pid) / "cmdline").read_bytes()
    except OSError:
        return False
    server = words.split(b"\0")[0].rsplit(b"/", 1)[-1]
    return server.startswith((b"postgres", b"redis-server")) and os.fsencode(folder) + b"/" in words


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
