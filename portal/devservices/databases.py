"""Makes, copies and drops the databases of a private cluster; also for a program that did not start the cluster."""

from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "convoca_owner"
APP = "convoca_app"
# What the owner makes the application may use, never truncate, alter or own. Migrations narrow this where they must.
DEFAULT_PRIVILEGES = f"""
    alter default privileges for role {OWNER} grant select, insert, update, delete on tables to {APP};
    alter default privileges for role {OWNER} grant usage, select on sequences to {APP};
"""


@dataclass(frozen=True)
class Databases:
    """The databases of the cluster whose socket lies in `sockets`."""

    sockets: Path

    def address(self, name: str, *, role: str) -> str:
        """The URL under which `role` reaches the database."""
        return f"postgresql://{role}@/{name}?host={self.sockets}"

    def make_roles(self) -> None:
        """The owner migrates, the application reads and writes; neither is a superuser."""
        with self._superuser() as connection:
            for role in (OWNER, APP):
                if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                    connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))

    def create(self, name: str, *, template: str | None = None) -> None:
        """The database exists and belongs to the owner role: empty, or a copy of `template`."""
        base = "create database {} owner {} template {}"
        with self._superuser() as connection:
            # Before PostgreSQL 15 the only way; from then on the faster one for a small database that many copy.
            by = " strategy file_copy" if connection.info.server_version >= 150_000 else ""
            parts = (sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template or "template1"))
            connection.execute(sql.SQL(base + by).format(*parts))
        if template is None:
            with self._superuser(name) as connection:
                connection.execute(DEFAULT_PRIVILEGES)

    def rename(self, name: str, *, to: str) -> None:
        """The database has another name: at once, and only when nobody is connected to it."""
        with self._superuser() as connection:
            renaming = sql.SQL("alter database {} rename to {}")
            connection.execute(renaming.format(sql.Identifier(name), sql.Identifier(to)))

    def close_for_copying(self, name: str) -> None:
        """Nobody may connect to the database any more, so that it can be copied at any moment."""
        with self._superuser() as connection:
            closing = sql.SQL("alter database {} with is_template true allow_connections false")
            connection.execute(closing.format(sql.Identifier(name)))

    def is_closed_for_copying(self, name: str) -> bool:
        """Whether the database is finished and may be copied."""
        with self._superuser() as connection:
            asked = connection.execute("select 1 from pg_database where datname = %s and datistemplate", [name])
            return asked.fetchone() is not None

    def drop(self, name: str) -> None:
        """The database is gone, together with whoever was still connected to it."""
        with self._superuser() as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def exists(self, name: str) -> bool:
        """Whether a database of this name is there."""
        with self._superuser() as connection:
            asked = connection.execute("select 1 from pg_database where datname = %s", [name])
            return asked.fetchone() is not None

    def answers(self) -> bool:
        """Whether the cluster accepts connections."""
        try:
            self._superuser().close()
        except psycopg.OperationalError:
            return False
        return True

    def _superuser(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.address(database, role="postgres"), autocommit=True)
