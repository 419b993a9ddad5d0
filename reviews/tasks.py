"""What the reviews app does by date; each task makes one service call and may run twice."""

import pglock
from celery import shared_task

from reviews.services import expire_reserves


@shared_task(name="reviews.expire_reserves")
def expire() -> None:
    """Let the reserves lapse whose last day is over; a second run at the same time does nothing."""
    with pglock.advisory("reviews.expire_reserves", timeout=0) as is_alone:
        if is_alone:
            expire_reserves()
