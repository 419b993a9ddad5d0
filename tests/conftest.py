"""What every test may ask for: a database of its own, a Redis of its own, and the cast."""

import os
from collections.abc import Generator, Iterator
from itertools import groupby

import pytest
import redis
from django.utils import translation
from pytest_django import DjangoDbBlocker

from portal.devservices import services
from portal.devservices.redis import Redis
from tests.own_database import each_transactional_test_has_its_own, use_database
from tests.surroundings import TEMPLATE, WORKER, databases, wait_for_template
from tests.worlds import is_patched, worlds

pytest_plugins = ["tests.cast"]
STEP_BACK = 10
# So many neighbours of a file stay together: they begin alike, and find what the first of them made (tests/worlds.py).
TOGETHER = 24


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, object, object]:
    """Neighbours stay together, which xdist has to know; then what waits for real time begins first, and what takes a
    minute after it, so that nobody waits for them in the end: pytest-django would put a test without a database last.
    """
    for path, found in groupby(items, key=lambda item: item.path):
        for place, item in enumerate(found):
            if not any(item.iter_markers("xdist_group")) and item.get_closest_marker("long") is None:
                item.add_marker(pytest.mark.xdist_group(f"{path.parent.name} {path.stem} {place // TOGETHER}"))
    result = yield
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, item.get_closest_marker("early") is None))
    return result


def pytest_make_parametrize_id(val: object) -> str | None:
    """A content with a date or a secret in it would give a test another name in each process."""
    return "content" if isinstance(val, bytes) else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Every other test steps back for it: a deadline of real seconds must not pass because the machine is busy."""
    if item.get_closest_marker("long") is None and os.nice(0) == 0:
        os.nice(STEP_BACK)
    worlds.open = not is_patched(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """The next test begins at home, whatever world this one ended in."""
    try:
        return (yield)
    finally:
        worlds.go_home()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """This process works, as the application role, in its own copy of the migrated template."""
    wait_for_template()
    databases().create(WORKER, template=TEMPLATE)
    with each_transactional_test_has_its_own(), use_database(WORKER):
        yield
    databases().drop(WORKER)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[redis.Redis]:
    """The numbered Redis database of this process."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as server:
        yield server


@pytest.fixture(autouse=True)
def _redis_is_empty(redis_server: redis.Redis) -> None:
    """No test hears the doorbell that another one rang."""
    redis_server.flushdb()


@pytest.fixture(autouse=True)
def _begins_in_english() -> Iterator[None]:
    """Sentences are compared in the language of the code, whatever language an earlier test left behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def process_database(transactional_db: None) -> dict[str, str]:
    """The environment for programs that work in this test's own database, seen by test and programs alike."""
    return dict(os.environ)


@pytest.fixture
def breakable_redis() -> Iterator[Redis]:
    """A second Redis that a test may stop, kill and start again."""
    with services("tests") as running:
        yield running.redis
