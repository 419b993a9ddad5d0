"""A connection of the owner of the tables, who could do what the application cannot: even that must be found out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection


@contextmanager
def as_owner() -> Iterator[psycopg.Connection]:
    """Connected to the database of this test with the role that migrates; committed at the end."""
    address = psycopg.conninfo.conninfo_to_dict(os.environ["MIGRATION_DATABASE_URL"])
    here = {**address, "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**here) as opened:
        yield opened


@contextmanager
def as_owner_with_the_rules_off() -> Iterator[psycopg.Connection]:
    """The same, while the triggers that guard the chain are switched off."""
    with as_owner() as opened:
        opened.execute(_DISABLE)
        yield opened
        opened.execute(_ENABLE)


_GUARDS = ("audit_chain", "audit_no_change", "audit_no_truncate")
_DISABLE = "alter table audit_event " + ", ".join(f"disable trigger {guard}" for guard in _GUARDS)
_ENABLE = "alter table audit_event " + ", ".join(f"enable trigger {guard}" for guard in _GUARDS)
