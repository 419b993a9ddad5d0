"""Post a message, and send a posted one. When a message is due and to whom is decided by the apps above."""

import logging
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from portal.audit.services import record
from portal.core.bell import ring
from portal.mail.messages import Message, write
from portal.mail.models import OutgoingMail

__all__ = ["Message", "deliver_mail", "post"]

logger = logging.getLogger(__name__)

CLAIM_SECONDS = 60
FIRST_PAUSE_SECONDS = 60
LONGEST_PAUSE_SECONDS = 3600


def post(message: Message) -> list[OutgoingMail]:
    """One mail for each address is written and will be sent after the commit; returns those that are new.

    What is written now is what is sent: a later change of the file does not alter it. An address that already has the
    message of this key gets no second one.
    """
    written = write(message)
    new = []
    for address in sorted({address.strip().lower() for address in message.to}):
        mail, is_new = OutgoingMail.objects.get_or_create(
            key=f"{message.key}:{address}",
            defaults={
                "to": address,
                "language": message.language,
                "template": message.template,
                "subject": written.subject,
                "text_body": written.text,
                "html_body": written.html,
                "about": message.about,
                "call_reference": message.call_reference,
            },
        )
        if is_new:
            ring("mail.deliver", mail.pk)
            new.append(mail)
    return new


def deliver_mail(*, mail_id: int, at: datetime | None = None) -> bool:
    """The mail has left for the mail server, and the chain says so; False when it was not this worker's to send.

    A crash between sending and noting can send it twice, with the same Message-ID; nothing can send it never.
    """
    now = at or timezone.now()
    mail = OutgoingMail.objects.claim(mail_id, now, CLAIM_SECONDS)
    if mail is None:
        return False
    try:
        _send(mail)
    except Exception as trouble:  # noqa: BLE001 - whatever the mail server says, the row keeps it and tries again
        _note_trouble(mail, trouble, now)
        return False
    with transaction.atomic():
        sent = OutgoingMail.objects.settle(mail, timezone.now() if at is None else at)
        if sent:
            record("mail.sent", on=mail, by=None, data=_facts(mail))
    return sent


def _send(mail: OutgoingMail) -> None:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text_body,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", "Content-Language": mail.language},
    )
    if mail.html_body:
        message.attach_alternative(mail.html_body, "text/html")
    message.send()


def _note_trouble(mail: OutgoingMail, trouble: Exception, at: datetime) -> None:
    """The mail is due again later; or it has failed: the server refused it for good, or the attempts are used up."""
    logger.warning("Mail %s was not sent: %s", mail.public_id, type(trouble).__name__)
    words = f"{type(trouble).__name__}: {trouble}"
    with transaction.atomic():
        if not _is_final(trouble) and mail.attempts < mail.MOST_ATTEMPTS:
            pause = min(FIRST_PAUSE_SECONDS * 2 ** (mail.attempts - 1), LONGEST_PAUSE_SECONDS)
            OutgoingMail.objects.put_off(mail, at, error=words, seconds=pause)
        elif OutgoingMail.objects.give_up(mail, error=words):
            record("mail.failed", on=mail, by=None, data=_facts(mail))


def _is_final(trouble: Exception) -> bool:
    """The mail server refused this address, or this message, for good (an SMTP answer of 500 or more)."""
    if isinstance(trouble, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in trouble.recipients.values())
    return isinstance(trouble, SMTPDataError) and trouble.smtp_code >= 500


def _facts(mail: OutgoingMail) -> dict[str, str | int]:
    return {"about": mail.about, "template": mail.template, "attempts": mail.attempts}
