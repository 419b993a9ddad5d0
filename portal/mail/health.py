"""Tells the health page whether mail leaves."""

from datetime import timedelta

from django.utils import timezone

from portal.core.health import Unwell
from portal.mail.models import OutgoingMail

LONGEST_WAIT = timedelta(minutes=10)


def mail_leaves() -> str:
    """No mail has waited longer than ten minutes to leave; one that was refused for good waits no more."""
    if OutgoingMail.objects.unfinished(timezone.now() - LONGEST_WAIT).exists():
        raise Unwell("a mail has waited for more than ten minutes")
    return "ok"
