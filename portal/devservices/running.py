"""Starts both servers for one purpose, says how to reach them, and takes them down again."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portal.devservices.account import Account, server_account
from portal.devservices.databases import APP, OWNER, Databases
from portal.devservices.errors import ServiceTrouble
from portal.devservices.folders import (
    clean_up_after_killed_runs,
    demo_folder,
    hold,
    make_fleeting_folder,
    needs_short_sockets,
    open_lasting_folder,
    remove_with_servers,
)
from portal.devservices.postgres import Postgres
from portal.devservices.processes import stop_left_behind
from portal.devservices.redis import Redis
from portal.places import ROOT

Kind = Literal["demo", "tests", "journey"]
DATABASE = "convoca"


@dataclass(frozen=True)
class Services:
    """Both servers, running; `folder` holds their data and, beside it, whatever else belongs to the same run."""

    folder: Path
    postgres: Postgres
    redis: Redis

    @property
    def environment(self) -> dict[str, str]:
        """The variables that portal.settings reads, for the database of the demo and the journeys."""
        return self.environment_for(DATABASE)

    def environment_for(self, database: str, *, redis_number: int = 0) -> dict[str, str]:
        """The variables that portal.settings reads, for one database and one numbered Redis database."""
        return database_environment(self.postgres.databases, database) | {"REDIS_URL": self.redis.address(redis_number)}

    def create_database(self, name: str, template: str | None = None) -> None:
        """The database exists and belongs to the owner role: empty, or a copy of `template`."""
        self.postgres.databases.create(name, template=template)

    def start(self) -> None:
        """Both servers answer."""
        self.postgres.start()
        self.redis.start()

    def stop(self) -> None:
        """Both servers are down; the data stays."""
        self.redis.stop()
        self.postgres.stop()


@contextmanager
def services(kind: Kind, root: Path = ROOT) -> Iterator[Services]:
    """Both servers answer inside the block; after it they are down, and unless it was the demo their data is gone.

    Tests find an empty database `convoca`; whoever starts a whole portal makes and fills it (portal/devstack.py).
    """
    account = server_account()
    clean_up_after_killed_runs()
    with ExitStack() as ending:
        folder = _demo(root, ending) if kind == "demo" else _fleeting(account, ending)
        sockets = account.make_private(_sockets_parent(folder, account, ending) / "run")
        durable = kind == "demo"
        both = Services(folder, Postgres(folder, sockets, account, durable), Redis(folder, sockets, account, durable))
        ending.callback(both.stop)
        both.start()
        if kind == "tests":
            both.create_database(DATABASE)
        yield both


def forget_demo(root: Path = ROOT) -> None:
    """The demo of this working copy has no data left; refused while it is running."""
    folder = demo_folder(root)
    if not folder.exists():
        return
    lock = hold(open_lasting_folder(folder))
    if lock is None:
        raise ServiceTrouble("The demo is running. Stop it with Ctrl-C where it was started, then try again.")
    with lock:
        stop_left_behind(folder)
        shutil.rmtree(folder)


def _demo(root: Path, ending: ExitStack) -> Path:
    folder = open_lasting_folder(demo_folder(root))
    lock = hold(folder)
    if lock is None:
        raise ServiceTrouble("The demo of this working copy is already running.")
    ending.enter_context(lock)
    stop_left_behind(folder)
    return folder


def _fleeting(account: Account, ending: ExitStack) -> Path:
    folder = make_fleeting_folder(account)
    lock = hold(folder)
    assert lock is not None, "a folder that was made this moment is nobody else's"  # noqa: S101
    ending.enter_context(lock)
    ending.callback(remove_with_servers, folder)
    return folder


def _sockets_parent(folder: Path, account: Account, ending: ExitStack) -> Path:
    return _fleeting(account, ending) if needs_short_sockets(folder) else folder


def database_environment(databases: Databases, name: str) -> dict[str, str]:
    """The variables that tell portal.settings how both roles reach one database."""
    return {
        "DATABASE_URL": databases.address(name, role=APP),
        "MIGRATION_DATABASE_URL": databases.address(name, role=OWNER),
        "DATABASE_APP_ROLE": APP,
    }
