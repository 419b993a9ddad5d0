"""One private PostgreSQL cluster with two roles: the owner migrates, the application reads and writes."""

import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from portal.devservices.account import Account
from portal.devservices.binaries import postgres_folder
from portal.devservices.errors import ServiceTrouble
from portal.devservices.processes import Server

OWNER = "convoca_owner"
APP = "convoca_app"
# Whoever reaches the socket may be any role: the folder of the socket is the lock on this door.
INITDB = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--lc-messages=C", "--no-sync"]
ALWAYS = {"listen_addresses": "", "unix_socket_permissions": "0700", "timezone": "UTC", "jit": "off"}
# Tests lose their data on purpose, so they do not pay for keeping it.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
# What the owner makes the application may use, but never truncate, alter or own. Migrations narrow this where they must.
DEFAULT_PRIVILEGES = f"""
    alter default privileges for role {OWNER} grant select, insert, update, delete on tables to {APP};
    alter default privileges for role {OWNER} grant usage, select on sequences to {APP};
"""


@dataclass
class Postgres:
    """The cluster in `folder`/pg with its socket in `sockets`; made on first start, kept as it is afterwards."""

    folder: Path
    sockets: Path
    account: Account
    durable: bool
    server: Server = field(init=False)

    def __post_init__(self) -> None:
        self.cluster = self.folder / "pg"
        found = postgres_folder(made_by=self._made_by())
        programs = self.account.reachable(found / "postgres", found.parent, self.folder / "programs").parent
        self.initdb = programs / "initdb"
        settings = ALWAYS | {"unix_socket_directories": str(self.sockets)} | ({} if self.durable else FORGETFUL)
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(programs / "postgres"), "-D", str(self.cluster), *options]
        self.server = Server("PostgreSQL", command, self.folder / "postgres.log", self.account, self._answers)

    def start(self) -> None:
        """The cluster answers and both roles exist."""
        if self._made_by() is None:
            self._make_cluster()
        self.server.start()
        with self._superuser() as connection:
            for role in (OWNER, APP):
                if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                    connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))

    def stop(self, *, at_once: bool = False) -> None:
        """The cluster is down; `at_once` as in a power cut, without finishing anything."""
        self.server.stop(signal.SIGQUIT if at_once else signal.SIGINT)

    def address(self, database: str, *, role: str) -> str:
        """The URL under which `role` reaches the database."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """The database exists and belongs to the owner role: empty, or a copy of `template`."""
        base = sql.SQL("create database {} owner {} template {}")
        with self._superuser() as connection:
            parts = (sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template or "template1"))
            connection.execute(base.format(*parts))
        if template is None:
            with self._superuser(name) as connection:
                connection.execute(sql.SQL(DEFAULT_PRIVILEGES))

    def close_for_copying(self, name: str) -> None:
        """Nobody may connect to the database any more, so that it can be copied at any moment."""
        with self._superuser() as connection:
            closing = sql.SQL("alter database {} with is_template true allow_connections false")
            connection.execute(closing.format(sql.Identifier(name)))

    def drop_database(self, name: str) -> None:
        """The database is gone, together with whoever was still connected to it."""
        with self._superuser() as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def has_database(self, name: str) -> bool:
        """Whether a database of this name exists."""
        with self._superuser() as connection:
            return bool(connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone())

    def _superuser(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.address(database, role="postgres"), autocommit=True)

    def _made_by(self) -> int | None:
        version = self.cluster / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def _make_cluster(self) -> None:
        self.account.make_private(self.cluster)
        made = subprocess.run(
            [self.initdb, "-D", self.cluster, *INITDB],
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            **self.account.popen_options(),
        )
        if made.returncode != 0:
            raise ServiceTrouble(f"PostgreSQL's initdb failed:\n{made.stderr.strip()}")

    def _answers(self) -> bool:
        try:
            self._superuser().close()
        except psycopg.OperationalError:
            return False
        return True
