"""Doorbells of the mail app: each makes one service call."""

import pglock
from celery import shared_task
from django.utils import timezone

from portal.core.bell import ring
from portal.mail.models import OutgoingMail
from portal.mail.services import deliver_mail

AT_ONCE = 100


@shared_task(name="mail.deliver", acks_late=True, reject_on_worker_lost=True, soft_time_limit=40, time_limit=45)
def deliver(mail_id: int) -> None:
    """Send a posted mail, once, however often the bell rings."""
    deliver_mail(mail_id=mail_id)


@shared_task(name="mail.sweep")
def sweep() -> None:
    """Ring again for the oldest mails that are due; a second sweeper at the same time does nothing."""
    with pglock.advisory("mail.sweep", timeout=0) as is_alone:
        if not is_alone:
            return
        for mail_id in (
            OutgoingMail.objects.waiting(timezone.now()).order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]
        ):
            ring("mail.deliver", mail_id)
