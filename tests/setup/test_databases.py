"""The databases the tests themselves work in: the right role, the right name, nothing flushed, nothing left."""

import os
import subprocess
import sys
import threading

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import TransactionTestCase

from portal.accounts.models import User
from portal.places import ROOT
from tests.surroundings import TEMPLATE, WORKER, databases


def _asked(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def _make_somebody() -> None:
    User.objects.create_user(email="somebody@example.org", password=None)


def _somebody_is_here() -> bool:
    return bool(User.objects.filter(email="somebody@example.org").exists())


@pytest.mark.django_db
def test_a_test_works_as_the_application_role_in_its_process_own_database() -> None:
    assert _asked("select current_user") == "convoca_app"
    assert _asked("select current_database()") == WORKER


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        "truncate accounts_user cascade",
        "drop table accounts_user",
        "alter table accounts_user disable trigger all",
        "create table mine (id int)",
    ],
)
def test_the_application_role_changes_rows_and_nothing_else(attack: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_writes_is_rolled_back(time: str) -> None:
    assert not _somebody_is_here()
    _make_somebody()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_has_a_database_of_its_own(time: str) -> None:
    assert _asked("select current_database()") != WORKER
    assert not _somebody_is_here()
    _make_somebody()


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_what_a_committing_test_wrote() -> None:
    _make_somebody()
    seen = []

    def look() -> None:
        seen.append(_somebody_is_here())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [True]


def test_another_program_sees_what_a_committing_test_wrote(process_database: dict[str, str]) -> None:
    _make_somebody()
    question = (
        "from portal.accounts.models import User; print(User.objects.filter(email='somebody@example.org').exists())"
    )
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c", question]
    answer = subprocess.run(command, cwd=ROOT, env=process_database, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "True"


class TestWrittenAsAClass(TransactionTestCase):
    """The same holds for test classes of Django's own kind."""

    def test_first(self) -> None:
        assert not _somebody_is_here()
        _make_somebody()

    def test_second(self) -> None:
        assert not _somebody_is_here()
        _make_somebody()


@pytest.mark.django_db
def test_the_copies_of_tests_before_are_gone() -> None:
    address = os.environ["DATABASE_URL"]
    assert f"/{WORKER}?" in address
    with connection.cursor() as cursor:
        # The worlds that later tests begin in stay (tests/worlds.py); they bear another name.
        cursor.execute("select datname from pg_database where datname ~ %s", [f"^{WORKER}_[0-9]+$"])
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_the_template_cannot_be_written_to_by_accident() -> None:
    assert databases().is_closed_for_copying(TEMPLATE)
