"""Real worker and clock processes for the fault tests, which are killed on purpose."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from portal.places import ROOT


def wait_until(is_so: Callable[[], object], *, seconds: float) -> float:
    """The seconds that passed until it was so; AssertionError when it never was."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, f"not within {seconds} seconds"
        time.sleep(0.1)
    return time.monotonic() - began


@contextmanager
def celery(*words: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A Celery program in a group of its own; whatever is left of it after the block is killed."""
    command = [sys.executable, "-m", "celery", "--app=portal", *words, "--loglevel=INFO"]
    with log.open("ab") as said:
        program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        yield program
    finally:
        kill_all(program)


def worker(environment: dict[str, str], log: Path):
    """One worker with one child."""
    return celery("worker", "--concurrency=1", environment=environment, log=log)


def clock(environment: dict[str, str], log: Path):
    """The program that rings the sweepers."""
    environment = environment | {"BEAT_SCHEDULE_FILE": str(log.with_suffix(".schedule"))}
    return celery("beat", f"--pidfile={log.with_suffix('.pid')}", environment=environment, log=log)


def kill_all(program: subprocess.Popen) -> None:
    """The program and its children are gone as in a power cut."""
    with suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def children_of(program: subprocess.Popen) -> list[int]:
    """The processes that the program started."""
    return [int(pid) for pid in Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()]
