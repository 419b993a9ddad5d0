"""A portal with something at every step and one list of a hundred files; each measurement works in a copy of it."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import django
from django.db import connections

from portal.devservices import Services
from portal.devservices.databases import Databases
from portal.devservices.running import database_environment

WORLD = "bench_world"
LIST = "LIST"


@dataclass(frozen=True)
class World:
    """The database that is copied, and the names and numbers that the addresses of its pages are made of."""

    databases: Databases
    facts: dict[str, Any]

    @classmethod
    def made(cls, running: Services) -> "World":
        """Migrated, with the people of the demo, and everything made through the services."""
        from tests.surroundings import fill_database

        began = time.monotonic()
        databases = running.postgres.databases
        databases.create(WORLD)
        fill_database(WORLD, databases)
        os.environ.update(database_environment(databases, WORLD))
        django.setup()
        # Pages that refuse are measured too, and need not say so at every turn.
        logging.getLogger("django.request").setLevel(logging.ERROR)
        from benchmarks.hundred import make_a_list_of_a_hundred
        from tests.look.every_step import make_every_step

        facts = make_every_step()
        make_a_list_of_a_hundred(LIST)
        connections.close_all()
        print(f"A portal with something at every step: {time.monotonic() - began:.0f} s to make.", flush=True)
        return cls(databases, facts)

    @contextmanager
    def copy(self, name: str) -> Iterator[None]:
        """Inside the block Django, and every program started from here, works in a fresh copy; it is dropped after."""
        self.databases.create(f"bench_{name}", template=WORLD)
        self._use(f"bench_{name}")
        try:
            yield
        finally:
            self._use(WORLD)
            self.databases.drop(f"bench_{name}")

    def _use(self, name: str) -> None:
        connections.close_all()
        connections.settings["default"]["NAME"] = name
        os.environ.update(database_environment(self.databases, name))
