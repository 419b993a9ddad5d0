"""Doorbells of the applications app: each makes one service call."""

import pglock
from celery import shared_task

from applications.services import expire_corrections as expire


@shared_task(name="applications.expire_corrections")
def expire_corrections() -> None:
    """Close the requests for correction whose due moment has passed; a second run at the same time does nothing."""
    with pglock.advisory("applications.expire_corrections", timeout=0) as is_alone:
        if is_alone:
            expire()
