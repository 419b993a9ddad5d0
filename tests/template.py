"""Fills the template database in the background while the tests are collected; started by tests/plugin.py."""

import json
import os
from pathlib import Path

import django

from portal.devservices.running import database_environment
from tests.surroundings import TEMPLATE, databases, fill_database, sessions


def fill() -> None:
    """The template is migrated and closed, or a file beside it says that it failed."""
    try:
        databases().create(TEMPLATE)
        fill_database(TEMPLATE, databases())
        _sign_in_the_cast()
        databases().close_for_copying(TEMPLATE)
    except Exception:
        (Path(os.environ["TEST_FOLDER"]) / "template.failed").touch()
        raise


def _sign_in_the_cast() -> None:
    """Every test finds a session of each person, so that asking for a person writes nothing (tests/worlds.py)."""
    os.environ.update(database_environment(databases(), TEMPLATE) | {"DJANGO_SETTINGS_MODULE": "portal.settings"})
    django.setup()
    from django.db import connections

    from portal.accounts.models import User
    from tests.sessions import begin_session

    sessions().write_text(json.dumps({user.email: begin_session(user) for user in User.objects.all()}))
    connections.close_all()


if __name__ == "__main__":
    fill()
