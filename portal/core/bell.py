"""The doorbell: tells a worker that a row waits. The row is the promise; a lost ring costs seconds, never the job."""

import logging
import time
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

# With the client's own defaults a ring without a broker lasts six seconds. One try here, and silence for a moment
# after a failed one, so that a batch of forty letters does not wait forty times.
_ONE_TRY = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1}
_SILENCE_SECONDS = 5.0
_silent_until = 0.0


def ring(task_name: str, *args: Any) -> None:
    """After the commit, ask a worker to run `task_name`; when the broker is away, say so in the log and go on.

    The task is rung by its name, so that a lower app need not import a higher one. The sweeper of that kind of job
    finds the row when nobody heard the bell.
    """
    transaction.on_commit(partial(_ring_now, task_name, args), robust=True)


def _ring_now(task_name: str, args: tuple[Any, ...]) -> None:
    global _silent_until  # noqa: PLW0603 - one silence for the whole process
    if time.monotonic() < _silent_until:
        return
    try:
        with current_app.connection_for_write(transport_options=_options()) as connection:
            current_app.send_task(task_name, args=args, connection=connection, retry=False, ignore_result=True)
    except Exception as trouble:  # noqa: BLE001 - whatever the broker's client raises, the act is already committed
        _silent_until = time.monotonic() + _SILENCE_SECONDS
        logger.warning("The bell for %s was not heard (%s); the sweeper will find the row.", task_name, trouble)


def _options() -> dict[str, Any]:
    return {**current_app.conf.broker_transport_options, **_ONE_TRY}
