"""Fills the template database in the background while the tests are collected; started by tests/plugin.py."""

import os
from pathlib import Path

from tests.surroundings import TEMPLATE, databases, fill_database


def fill() -> None:
    """The template is migrated and closed, or a file beside it says that it failed."""
    try:
        databases().create(TEMPLATE)
        fill_database(TEMPLATE, databases())
        databases().close_for_copying(TEMPLATE)
    except Exception:
        (Path(os.environ["TEST_FOLDER"]) / "template.failed").touch()
        raise


if __name__ == "__main__":
    fill()
