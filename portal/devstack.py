"""Runs a whole portal on this machine: PostgreSQL, Redis, web server, worker and clock, each a real process.

`make demo` keeps its data; a journey runs the same portal on data that is gone afterwards. Not for production.
With `--people-only` the demo begins without calls and applications; with `--forget` its data are removed.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portal.devservices import Services, ServiceTrouble, services
from portal.devservices.programs import Program
from portal.devservices.running import DATABASE, forget_demo
from portal.places import ROOT
from portal.setup.local_settings import local_environment

# The demo is filled under this name and renamed when it is complete: an interrupted start leaves nothing half-filled.
UNFINISHED = "convoca_unfinished"
STARTING_SECONDS = 60
WEB = ["--workers=2", "--threads=4", "--graceful-timeout=5"]


class PortalTrouble(Exception):
    """The portal did not start or did not go on; the text says why and what to do."""


@dataclass(frozen=True)
class RunningPortal:
    """A portal that answers at `address`; whoever starts programs beside it gives them `environment`."""

    address: str
    environment: dict[str, str]
    services: Services
    programs: list[Program]

    def ended_program(self) -> Program | None:
        """The first program that is not running any more, if any."""
        return next((program for program in self.programs if not program.is_running()), None)

    def people(self) -> str:
        """The people of the demo and how to sign in, as load_demo tells them."""
        return run_management_command("load_demo", "--list", environment=self.environment)


@contextmanager
def portal_running(
    kind: Literal["demo", "journey"], *, port: int, people_only: bool = False, root: Path = ROOT
) -> Iterator[RunningPortal]:
    """A migrated portal answers on this port, with the demo's data or, for a journey, with its people alone.

    After the block all its processes have ended.
    """
    _wait_until_free(port)
    address = f"http://localhost:{port}"
    with services(kind, root) as running, ExitStack() as ending:
        environment = os.environ | local_environment(running, base_url=address) | {"DEMO": "1"}
        _fill(running, environment, people_only=people_only or kind == "journey")
        programs = _programs(port, running.folder / "logs", environment)
        for program in programs:
            program.start()
            ending.callback(program.stop)
        portal = RunningPortal(address, environment, running, programs)
        _wait_until_answering(portal, port)
        yield portal


def _fill(running: Services, environment: dict[str, str], *, people_only: bool) -> None:
    """The database of the portal is there, migrated, and holds the demo's data, or its people alone."""
    databases = running.postgres.databases
    if databases.exists(DATABASE):
        run_management_command("migrate", "--verbosity=0", environment=environment | {"DATABASE_ROLE": "owner"})
        return
    print("Filling the portal with people, calls and applications ...", flush=True)
    databases.drop(UNFINISHED)
    databases.create(UNFINISHED)
    environment = environment | running.environment_for(UNFINISHED)
    run_management_command("migrate", "--verbosity=0", environment=environment | {"DATABASE_ROLE": "owner"})
    said = run_management_command("load_demo", *(["--people-only"] if people_only else []), environment=environment)
    # The people are told once the portal answers; from which day its dates count is told now, and never again.
    print(said.partition("\n")[0], flush=True)
    databases.rename(UNFINISHED, to=DATABASE)


def run_management_command(*command: str, environment: dict[str, str]) -> str:
    """What the management command printed; what it complained of is in the error."""
    words = [sys.executable, str(ROOT / "manage.py"), *command, "--skip-checks"]
    said = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    if said.returncode != 0:
        raise PortalTrouble(f"manage.py {command[0]} failed:\n{said.stderr or said.stdout}")
    return said.stdout


def _programs(port: int, logs: Path, environment: dict[str, str]) -> list[Program]:
    logs.mkdir(mode=0o700, exist_ok=True)
    web = [*_python("gunicorn"), "portal.wsgi", f"--bind=127.0.0.1:{port}", *WEB]
    worker = [*_python("celery"), "--app=portal", "worker", "--concurrency=1", "--loglevel=INFO"]
    beat = [*_python("celery"), "--app=portal", "beat", "--loglevel=INFO", f"--pidfile={logs / 'beat.pid'}"]
    (logs / "beat.pid").unlink(missing_ok=True)
    named = {"web server": web, "worker": worker, "clock": beat}
    return [Program(name, words, ROOT, environment, logs / f"{words[2]}.log") for name, words in named.items()]


def _python(module: str) -> list[str]:
    """By module and not by script: the scripts of an environment that was moved name a Python that is gone."""
    return [sys.executable, "-m", module]


def _wait_until_free(port: int) -> None:
    """A portal that was killed a moment ago may still hold the port for a few seconds."""
    deadline = time.monotonic() + 5
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as taken:
                if time.monotonic() > deadline:
                    raise PortalTrouble(f"Port {port} is taken. Choose another: make demo PORT={port + 1}") from taken
            else:
                return
        time.sleep(0.2)


def _wait_until_answering(portal: RunningPortal, port: int) -> None:
    """The web server has answered a request for its health with anything but an error."""
    deadline = time.monotonic() + STARTING_SECONDS
    while not _is_healthy(port):
        _raise_if_ended(portal)
        if time.monotonic() > deadline:
            raise PortalTrouble(f"The web server does not answer. Its log says:\n{portal.programs[0].last_words()}")
        time.sleep(0.1)


def _is_healthy(port: int) -> bool:
    import http.client

    line = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        line.request("GET", "/health/")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _raise_if_ended(portal: RunningPortal) -> None:
    ended = portal.ended_program()
    if ended:
        raise PortalTrouble(f"The {ended.name} has ended. Its log says:\n{ended.last_words()}")


def _announce(portal: RunningPortal) -> None:
    print(f"\n{portal.people()}")
    print(f"The portal answers at {portal.address}/ (its logs are in {portal.programs[0].log.parent}).")
    print("Stop it with Ctrl-C. What you do is kept; `make demo-reset` forgets it.", flush=True)


def _run_demo(*, people_only: bool) -> None:
    """Until Ctrl-C, SIGTERM or the end of the terminal; or until one of the programs ends by itself."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        # Ctrl-C too: a shell that starts us in the background has told us to ignore it.
        signal.signal(ending, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup asks to outlive the terminal
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    port = int(os.environ.get("PORT") or "8000")
    with portal_running("demo", port=port, people_only=people_only) as portal:
        _announce(portal)
        while True:
            _raise_if_ended(portal)
            time.sleep(1)


def main(arguments: list[str]) -> int:
    """The exit code: zero when the demo was stopped on purpose."""
    try:
        if arguments == ["--forget"]:
            forget_demo()
            print("The demo is forgotten. `make demo` starts it afresh.")
        else:
            _run_demo(people_only=arguments == ["--people-only"])
    except KeyboardInterrupt:
        print("\nThe portal has stopped.")
    except (PortalTrouble, ServiceTrouble) as trouble:
        print(f"{trouble}\nIf it stays like this, `make demo-reset` starts over.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
