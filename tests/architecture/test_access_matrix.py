"""Every address × every role × GET and POST, as access_matrix.txt says; an address without a line fails.

y = allowed, login = sent to sign-in, 403 = refused, 404 = does not exist for this person, 405 = no such act here.
"""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.urls import get_resolver

from tests.architecture.access_world import CANARY, ROLES, World, build

TABLE = Path(__file__).with_name("access_matrix.txt")
DENIED = {"login", "403", "404", "405"}


def matrix() -> dict[tuple[str, str], dict[str, str]]:
    """(Page, method) to what each role meets."""
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    roles = lines[0][2:]
    return {(name, method): dict(zip(roles, cells, strict=True)) for name, method, *cells in lines[1:]}


def names(resolver=None, prefix=""):
    """The name of every address of the portal."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield f"{prefix}{pattern.name}"


def met(response) -> str:
    """What the person met, in the words of the table."""
    if response.status_code == 401 or "/account/login/" in response.headers.get("Location", ""):
        return "login"
    return str(response.status_code) if str(response.status_code) in DENIED else "y"


def writes() -> int:
    """Rows written so far in this transaction, whatever the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def test_every_address_has_its_two_lines_and_every_line_its_address():
    found = set(names())

    assert {name for name, _method in matrix()} == found
    assert set(matrix()) == {(name, method) for name in found for method in ("GET", "POST")}
    assert all(set(row) == set(ROLES) for row in matrix().values())


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_role_meets_exactly_what_the_matrix_says(world: World, role):
    wrong = []
    for (name, method), row in matrix().items():
        client = world.client(role)
        with transaction.atomic():
            before = writes()
            response = client.generic(method, world.addresses[name])
            answer = met(response)
            body = b"" if response.streaming else response.content
            response.close()
            if answer in DENIED and writes() != before:
                wrong.append(f"{method} {name}: denied, and yet something was written")
            transaction.set_rollback(True)
        if answer != row[role]:
            wrong.append(f"{method} {name}: {answer} instead of {row[role]}")
        if answer in DENIED and CANARY.encode() in body:
            wrong.append(f"{method} {name}: denied, and yet something private was shown")
        if response.status_code >= 500:
            wrong.append(f"{method} {name}: {response.status_code}")

    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["stranger", "elsewhere", "conflicted", "admin", "expired", "visitor"])
def test_no_page_that_these_people_may_open_shows_anything_of_the_file(world: World, role):
    client, shown = world.client(role), []
    for (name, method), row in matrix().items():
        if method == "GET" and row[role] == "y":
            response = client.get(world.addresses[name])
            if not response.streaming and CANARY.encode() in response.content:
                shown.append(name)
            response.close()

    assert shown == []


@pytest.mark.django_db
def test_the_matrix_notices_when_the_gate_says_yes_to_everyone(world: World, monkeypatch):
    monkeypatch.setattr("portal.core.gate.may", lambda *_anything: True)
    client, opened = world.client("stranger"), 0
    for (name, method), row in matrix().items():
        if row["stranger"] == "403" and method == "GET":
            opened += met(client.get(world.addresses[name])) == "y"

    assert opened > 5
