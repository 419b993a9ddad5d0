"""How a person of the tests is signed in."""

import json
from functools import cache

from django.conf import settings
from django.test import Client

from portal.accounts.models import User
from tests.surroundings import sessions


def begin_session(user: User) -> str:
    """The person is signed in; whoever brings this cookie is that person."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def session_from_the_start(user: User) -> str:
    """The cookie of a session that the template database brought along, so that asking for it writes nothing."""
    return _from_the_start()[user.email]


@cache
def _from_the_start() -> dict[str, str]:
    found: dict[str, str] = json.loads(sessions().read_text())
    return found
