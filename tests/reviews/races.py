"""Two acts at once, in an order that is known: the second begins before the first is committed, and waits for it."""

import threading
import time
from collections.abc import Callable

from django.db import connection, connections, transaction
from django.utils import translation

from portal.core.exceptions import NotReady

LONGEST_WAIT = 20
# Who waits for the end of this transaction; pg_stat_activity would show the same picture until then.
WAITING = """
    SELECT count(*) FROM pg_locks mine JOIN pg_locks theirs USING (transactionid)
     WHERE mine.pid = pg_backend_pid() AND mine.granted AND NOT theirs.granted
"""

Act = Callable[[], object]


def one_after_the_other(first: Act, second: Act) -> list[str]:
    """What each answered: a state, or the sentence of a refusal."""
    told = ["", ""]
    begun = threading.Event()

    def lead() -> None:
        with transaction.atomic():
            told[0] = _answer(first)
            begun.set()
            _until_somebody_waits()

    def follow() -> None:
        begun.wait(LONGEST_WAIT)
        told[1] = _answer(second)

    threads = [threading.Thread(target=_closing, args=(act,)) for act in (lead, follow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT)
    return told


def _answer(act: Act) -> str:
    try:
        with translation.override("en"):
            return str(act())
    except NotReady as refusal:
        return str(refusal)


def _closing(act: Callable[[], None]) -> None:
    try:
        act()
    finally:
        connections.close_all()


def _until_somebody_waits() -> None:
    """The other act stands at a lock of ours. Its own wait ends after three seconds, so this is looked at often."""
    until = time.monotonic() + LONGEST_WAIT
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("Nobody waited: the two acts do not hold the same rows.")
