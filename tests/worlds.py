"""What a factory makes in an untouched database is made once: whoever begins like that works in a copy of it.

Such a copy is called a world; all processes of a run copy from the same ones (tests/world_store.py). A test that steps
into one stays inside its own transaction, which is rolled back as ever, and a second factory goes on from there into a
world of its own. Whatever is not certain is made in place: after the first row that a test writes, with a clock that was
moved, or while something is patched.
"""

import contextvars
import os
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, wraps
from itertools import count
from typing import Any, ParamSpec, TypeVar

import psycopg
import pytest
import redis
import time_machine
from django.conf import settings
from django.db import connection, connections
from django.db.models import Model

from portal.files.models import StoredFile
from portal.files.storage import path_of
from tests.own_database import name_database
from tests.surroundings import TEMPLATE, WORKER, databases
from tests.world_store import Stored, stored, take

P = ParamSpec("P")
Made = TypeVar("Made")
Key = tuple[Any, ...]
# Of a process: each takes some 13 MB and a connection. Tests that begin alike stand together, so that few are wanted.
KEPT = 16
PATCHING = {"monkeypatch", "settings"}


@dataclass
class World:
    """A database, the one connection of the tests to it, and what its factory gave back."""

    name: str
    template: str
    connection: psycopg.Connection[Any] | None = None
    made: Any = None


class Worlds:
    """The worlds of this process: where the test is, and those it may step into."""

    def __init__(self) -> None:
        self.home = World(WORKER, TEMPLATE)
        self.here: Key = ()
        self.open = False
        self._made: OrderedDict[Key, World] = OrderedDict()
        self._goes_on_from: Key | None = None
        self._numbers = count(1)

    def step_into(self, step: Key, factory: Callable[[], Made], before: Callable[[], Any] | None = None) -> Made:
        """The test works in the world where the factory has done its work after whatever was done here.

        `before` is what the factory begins with: that is made in a world of its own, from which this one goes on.
        """
        key = (*self.here, step)
        if key not in self._made:
            if before is not None:
                before()
            self._goes_on_from = self.here[-1] if before is not None and self.here else None
            self._made[key] = self._build(key, factory)
        self._made.move_to_end(key)
        self._move(key)
        self._forget_the_oldest()
        return _fetch(self._made[key].made)

    def go_home(self) -> None:
        """The next test begins in the database that holds the cast alone."""
        if self.here:
            self._move(())

    def _world(self, key: Key) -> World:
        return self._made[key] if key else self.home

    def _build(self, key: Key, factory: Callable[[], Any]) -> World:
        """A copy of where we are, in which the factory has worked; its doorbells are not heard."""
        found = stored(key, partial(self._work_in_a_copy, factory))
        world = World(f"{WORKER}_world_{next(self._numbers)}", found.database, made=found.made)
        take(found, world.name, settings.FILES_ROOT)
        return world

    def _work_in_a_copy(self, factory: Callable[[], Any], name: str) -> Stored:
        here = self._world(self.here)
        databases().create(name, template=here.template)
        name_database(name)
        try:
            with ThreadPoolExecutor(1) as other:
                made, files = other.submit(contextvars.copy_context().run, _work, factory).result()
        finally:
            name_database(here.name)
        with redis.Redis.from_url(os.environ["REDIS_URL"]) as server:
            server.flushdb()
        return Stored(name, made, str(settings.FILES_ROOT), files)

    def _move(self, key: Key) -> None:
        """Django's connection goes on in another database, in the same state: outside, or at the start of, a transaction."""
        left, entered = self._world(self.here), self._world(key)
        left.connection = _at_rest(connection.connection)
        name_database(entered.name)
        self.here = key
        connection.connection = entered.connection or connection.get_new_connection(connection.get_connection_params())
        # Asked of the block, not of the connection that is left: a response may have closed that one on its way.
        connection.autocommit = connection.connection.autocommit = not connection.in_atomic_block
        connection.closed_in_transaction = False

    def _forget_the_oldest(self) -> None:
        while len(self._made) > KEPT:
            _key, world = self._made.popitem(last=False)
            if world.connection is not None:
                world.connection.close()
            databases().drop(world.name)

    def begun_with(self, step: Key) -> World | None:
        """The world from which a factory now goes on, when it asks for the step with which it begins."""
        return self._made[self.here] if step == self._goes_on_from else None


worlds = Worlds()


def made_once(
    factory: Callable[P, Made] | None = None, *, after: Callable[..., Any] | None = None
) -> Callable[..., Any]:
    """The factory does its work once for all tests that begin with it; each of them gets rows of its own.

    `after` names the factory that it calls first, with the same arguments.
    """
    if factory is None:
        return partial(made_once, after=after)

    @wraps(factory)
    def make(*given: P.args, **named: P.kwargs) -> Any:
        work = partial(factory, *given, **named)
        try:
            step = (factory.__name__, *map(_name, given), *((word, _name(value)) for word, value in named.items()))
        except TypeError:
            return work()
        if _building.get():
            world = worlds.begun_with(step)
            return _fetch(world.made) if world else work()
        before = partial(after, *given, **named) if after else None
        return worlds.step_into(step, work, before) if worlds.open and _is_untouched() else work()

    return make


def is_patched(item: pytest.Item) -> bool:
    """Whether the test, or a fixture that it asks for, changes settings or code; pytest-django's own do so for each."""
    asked = getattr(item, "_fixtureinfo", None)
    if asked is None:
        return True
    known = asked.name2fixturedefs.values()
    ours = [found[-1] for found in known if not found[-1].func.__module__.startswith("pytest_django")]
    wanted = {*asked.argnames, *(name for one in ours for name in one.argnames)}
    return not PATCHING.isdisjoint(wanted)


def _is_untouched() -> bool:
    """The test is in its own transaction, has not written in it, and its clock is everybody's."""
    if len(connection.atomic_blocks) != 1 or connection.savepoint_ids or time_machine.escape_hatch.is_travelling():
        return False
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id_if_assigned() is null")
        return bool(cursor.fetchone()[0])


_building: contextvars.ContextVar[bool] = contextvars.ContextVar("building", default=False)


def _work(factory: Callable[[], Any]) -> tuple[Any, list[str]]:
    """In a thread, because there Django's connection is another one and what is done is committed."""
    _building.set(True)
    try:
        made = _remember(factory())
        files = [path_of(sha256) for sha256 in StoredFile.objects.values_list("sha256", flat=True)]
        return made, [str(path.relative_to(settings.FILES_ROOT)) for path in files if path.exists()]
    finally:
        connections.close_all()


def _at_rest(raw: psycopg.Connection[Any] | None) -> psycopg.Connection[Any] | None:
    if raw is None or raw.closed:
        return None
    raw.rollback()
    return raw


def _name(value: Any) -> Key:
    """What the value is called in every copy of this database; a TypeError when it may differ from test to test."""
    match value:
        case Model():
            return (value._meta.label, value.pk)
        case str() | timedelta():
            return (value,)
        case _:
            raise TypeError(value)


def _remember(made: Any) -> Any:
    return [_remember(one) for one in made] if isinstance(made, list) else (type(made), made.pk)


def _fetch(remembered: Any) -> Any:
    if isinstance(remembered, list):
        return [_fetch(one) for one in remembered]
    model, pk = remembered
    return model.objects.get(pk=pk)
