"""Doorbells of the documents app: each makes one service call."""

from typing import Any

import pglock
from celery import shared_task
from celery.signals import worker_process_shutdown

from portal.documents.render import put_fonts_away
from portal.documents.services import render_document, sweep_documents


@shared_task(
    name="documents.render",
    bind=True,
    acks_late=True,
    reject_on_worker_lost=True,
    soft_time_limit=40,
    time_limit=45,
)
def render(self: Any, document_id: int) -> None:
    """Make the PDF of a requested document, once, however often the bell rings.

    A message comes back only when the worker that held it is gone: then its claim need not run out first.
    """
    came_back = bool((self.request.delivery_info or {}).get("redelivered"))
    render_document(document_id=document_id, worker_was_lost=came_back)


@shared_task(name="documents.sweep")
def sweep() -> None:
    """Ring again for documents that nobody took; a second sweeper at the same time does nothing."""
    with pglock.advisory("documents.sweep", timeout=0) as is_alone:
        if is_alone:
            sweep_documents()


@worker_process_shutdown.connect
def leave(**_told: Any) -> None:
    """A worker's process ends without the interpreter's own farewell."""
    put_fonts_away()
