"""Trying something and going back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def branch() -> Iterator[None]:
    """What happens inside has not happened afterwards. No atomic block: letters are sealed outside of any."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)
