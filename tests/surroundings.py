"""What surrounds the tests: the settings they run under and the template that every test database is copied from."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from portal.devservices.databases import Databases
from portal.devservices.running import Services, database_environment
from portal.places import ROOT
from portal.setup.local_settings import local_environment

TEMPLATE = "convoca_template"
IN_WORKER = "PYTEST_XDIST_WORKER" in os.environ
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
MIGRATING_SECONDS = 120


def settings_environment(running: Services) -> dict[str, str]:
    """The variables that portal.settings reads, until a worker or a test has a database of its own."""
    return local_environment(running, base_url="http://testserver") | {
        "TEST_FOLDER": str(running.folder),
        # The files of the demo's mails are for a person to read: a test's stay with the test.
        "OUTGOING_MAIL_FOLDER": str(running.folder / "outgoing-mail"),
        "DEMO": "0",
        "DEBUG": "0",
        "LOG_LEVEL": "WARNING",
        "STATIC_ON_DEMAND": "1",
    }


def worker_environment() -> dict[str, str]:
    """What one xdist worker has to itself: its numbered Redis database and its store of files."""
    number = int(WORKER.removeprefix("gw")) + 1
    redis = os.environ["REDIS_URL"].partition("?")[0]
    return {"REDIS_URL": f"{redis}?db={number}", "FILES_ROOT": f"{os.environ['FILES_ROOT']}-{WORKER}"}


def sessions() -> Path:
    """Where each person of the cast is signed in from the start: a session per e-mail address."""
    return Path(os.environ["TEST_FOLDER"]) / "sessions.json"


def databases() -> Databases:
    """The databases of the cluster of this run, from whichever process is asking."""
    return Databases(Path(os.environ["TEST_FOLDER"]) / "run")


def start_filling_template(folder: Path) -> Callable[[], None]:
    """The migrations run beside the collection of tests, in a process of their own; what is returned ends it."""
    filling = subprocess.Popen(
        [sys.executable, "-m", "tests.template"],
        cwd=ROOT,
        stdout=(folder / "template.log").open("wb"),
        stderr=subprocess.STDOUT,
    )

    def end() -> None:
        filling.kill()
        filling.wait()

    return end


def wait_for_template() -> None:
    """The template database is ready to be copied; a migration that failed fails the tests with its own words."""
    folder = Path(os.environ["TEST_FOLDER"])
    deadline = time.monotonic() + MIGRATING_SECONDS
    while not databases().is_closed_for_copying(TEMPLATE):
        if (folder / "template.failed").exists() or time.monotonic() > deadline:
            raise RuntimeError(f"The migrations failed:\n{(folder / 'template.log').read_text()}")
        time.sleep(0.05)


def fill_database(name: str, cluster: Databases) -> None:
    """The owner role has run every migration and the application has made the cast, so that no test pays for it.

    Raises CalledProcessError; what went wrong stands in the output.
    """
    environment = os.environ | database_environment(cluster, name)
    _manage("migrate", environment=environment | {"DATABASE_ROLE": "owner"})
    _manage("load_demo", "--people-only", environment=environment | {"DATABASE_ROLE": "app"})


def _manage(*command: str, environment: dict[str, str]) -> None:
    words = [sys.executable, str(ROOT / "manage.py"), *command, "--verbosity=0", "--skip-checks"]
    subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
