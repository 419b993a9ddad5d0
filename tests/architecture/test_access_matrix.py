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


def read_whole(response) -> bytes:
    """The body; a file that was streamed is closed (closing the response would close the test's connection)."""
    if not response.streaming:
        return response.content
    body = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return body


def writes() -> int:
    """Rows written so far in this transaction, whatever the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


def test_every_address_has_its_two_lines_and_every_line_its_address():
    found = set(names())

    assert {name for name, _method in matrix()} == found
    assert set(matrix()) == {(name, method) for name in found for method in ("GET", "POST")}
    assert all(set(row) == set(ROLES) for row in matrix().values())


# People who may open pages of their own, and must find nothing of the file there.
OUTSIDERS = ("stranger", "elsewhere", "conflicted", "admin", "expired", "visitor")


@pytest.mark.early
@pytest.mark.django_db
def test_every_role_meets_exactly_what_the_matrix_says():
    world, wrong = build(), []
    for role in ROLES:
        for (name, method), row in matrix().items():
            answer, troubles = tried(world, role, name, method)
            if answer != row[role]:
                troubles.append(f"{answer} instead of {row[role]}")
            wrong += [f"{role}: {method} {name}: {trouble}" for trouble in troubles]

    assert wrong == []


def tried(world: World, role: str, name: str, method: str) -> tuple[str, list[str]]:
    """What this role met at this address, and what went wrong on the way; nothing stays written."""
    client, troubles = world.client(role), []
    with transaction.atomic():
        before = writes()
        response = client.generic(method, world.addresses[name])
        answer = met(response)
        body = read_whole(response)
        if answer in DENIED and role != "expired" and writes() != before:
            troubles.append("denied, and yet something was written")
        transaction.set_rollback(True)
    if CANARY.encode() in body and (answer in DENIED or role in OUTSIDERS):
        troubles.append("something private was shown")
    if response.status_code >= 500:
        troubles.append(f"failed with {response.status_code}")
    return answer, troubles


@pytest.mark.django_db
def test_the_matrix_notices_when_the_gate_says_yes_to_everyone(monkeypatch):
    world, opened = build(), 0
    monkeypatch.setattr("rules.has_perm", lambda *_anything: True)
    for (name, method), row in matrix().items():
        if row["stranger"] == "403" and method == "GET":
            opened += tried(world, "stranger", name, method)[0] == "y"

    assert opened > 5
