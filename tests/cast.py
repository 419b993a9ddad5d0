"""The cast (docs/architecture.md): one signed-in client per person, and the files they work on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from applications.models import Application
from calls.models import Call
from portal.accounts.models import User
from tests import factories
from tests.sessions import begin_session, session_from_the_start


class Person(Client):
    """A browser without JavaScript in which one person is signed in."""

    user: User

    @classmethod
    def signed_in(cls, name: str) -> "Person":
        """The person of the cast with this first name."""
        client = cls()
        client.user = factories.person(name)
        # A session of real time is over where the clock was moved by days.
        is_moved = time_machine.escape_hatch.is_travelling()
        session = begin_session(client.user) if is_moved else session_from_the_start(client.user)
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        return client


@pytest.fixture
def visitor(db: None) -> Client:
    """Somebody who is not signed in."""
    return Client()


@pytest.fixture
def amina(db: None) -> Person:
    """Signs for the organisation that applies."""
    return Person.signed_in("amina")


@pytest.fixture
def bruno(db: None) -> Person:
    """Amina's colleague, who writes and cannot sign."""
    return Person.signed_in("bruno")


@pytest.fixture
def chloe(db: None) -> Person:
    """Signs for another organisation and must see nothing of Amina's."""
    return Person.signed_in("chloe")


@pytest.fixture
def olga(db: None) -> Person:
    """The officer."""
    return Person.signed_in("olga")


@pytest.fixture
def pieter(db: None) -> Person:
    """A second officer."""
    return Person.signed_in("pieter")


@pytest.fixture
def rachid(db: None) -> Person:
    """A reviewer."""
    return Person.signed_in("rachid")


@pytest.fixture
def sofie(db: None) -> Person:
    """The other reviewer."""
    return Person.signed_in("sofie")


@pytest.fixture
def helene(db: None) -> Person:
    """The head of unit."""
    return Person.signed_in("helene")


@pytest.fixture
def axel(db: None) -> Person:
    """The auditor."""
    return Person.signed_in("axel")


@pytest.fixture
def adam(db: None) -> Person:
    """The administrator."""
    return Person.signed_in("adam")


@pytest.fixture
def open_call(db: None) -> Call:
    """A call that is open now."""
    return factories.open_call()


@pytest.fixture
def closed_call(db: None) -> Call:
    """A call that closed an hour ago."""
    return factories.closed_call()


@pytest.fixture
def draft(open_call: Call) -> Application:
    """Amina's draft, complete but not handed in."""
    return factories.full_draft(open_call)


@pytest.fixture
def at() -> Any:
    """Moves the clock to a moment and stops it there, until the test ends."""
    travellers: list[Any] = []

    def go(moment: datetime) -> None:
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        travellers.append(traveller)

    yield go
    for traveller in reversed(travellers):
        traveller.stop()


Go = Callable[[datetime], None]
