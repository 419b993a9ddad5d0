"""Chooses the database a test works in. Nobody may truncate the audit chain, so nothing is ever flushed:
a test that commits gets a fresh copy of the template, which is dropped after it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from django.db import connections
from django.test import TransactionTestCase

from portal.devservices.running import database_environment
from tests.surroundings import TEMPLATE, WORKER, databases

_numbers = count(1)


@contextmanager
def use_database(name: str) -> Iterator[None]:
    """Inside the block Django and every program started from here work in this database."""
    before = connections.settings["default"]["NAME"]
    _switch_to(name)
    try:
        yield
    finally:
        _switch_to(before)


@contextmanager
def each_transactional_test_has_its_own() -> Iterator[None]:
    """Django's flush is replaced for every kind of transactional test, also those written as classes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(_take_fresh_copy))
        patch.setattr(TransactionTestCase, "_fixture_teardown", _drop_copy)
        yield


def _take_fresh_copy(case: type[TransactionTestCase]) -> None:
    name = f"{WORKER}_{next(_numbers)}"
    databases().create(name, template=TEMPLATE)
    _switch_to(name)


def _drop_copy(case: TransactionTestCase) -> None:
    name = connections.settings["default"]["NAME"]
    _switch_to(WORKER)
    databases().drop(name)


def _switch_to(name: str) -> None:
    """The entry is shared by the connections of all threads: each opens its next connection to the new name."""
    connections.close_all()
    name_database(name)


def name_database(name: str) -> None:
    """The next connections, of this process and of programs started from here, are to this database."""
    connections.settings["default"]["NAME"] = name
    os.environ.update(database_environment(databases(), name))
