"""The databases the tests themselves work in."""

import pytest
from django.db import ProgrammingError, connection
from django.test import TransactionTestCase

from portal.accounts.models import Unit


def _names() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_database()")
        return cursor.fetchone()


@pytest.mark.django_db
def test_a_test_works_as_the_application_role() -> None:
    role, _ = _names()
    assert role == "convoca_app"
