"""Recording that a letter went by post: the proof that an applicant without an account was told."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import SendingChannel
from applications.models import Application, Sending
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.dates import BRUSSELS
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.documents.models import Document


def record_sending(
    *, document_id: int, by: User, channel: str, sent_on: date, number: str = "", at: datetime | None = None
) -> Sending:
    """The letter has its day and its way of sending, written once and never changed."""
    moment = at or timezone.now()
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
        application = Application.objects.select_related("call").get(public_id=document.about.partition(":")[2])
        require(by, "applications.record_sending", application)
        refuse_if(_cannot_record(document, channel=channel, sent_on=sent_on, number=number, at=moment))
        sending = Sending.objects.create(
            document=document,
            channel=channel,
            sent_on=sent_on,
            number=number.strip(),
            recorded_by=by,
            recorded_at=moment,
        )
        data = {"number": document.number, "channel": str(channel), "sent_on": sent_on.isoformat()}
        record("document.posted", on=application, by=by, data=data)
    return sending


def _cannot_record(document: Document, *, channel: str, sent_on: date, number: str, at: datetime) -> list[Problem]:
    if Sending.objects.filter(document=document).exists():
        return [Problem("recorded", _("The sending of this letter is already recorded."))]
    if document.released_at is None:
        return [Problem("not_released", _("This letter is not released yet: it must not leave the service."))]
    problems = []
    if sent_on > at.astimezone(BRUSSELS).date():
        problems.append(Problem("future", _("The day of sending lies in the future."), "#id_sent_on"))
    if sent_on < document.requested_at.astimezone(BRUSSELS).date():
        problems.append(Problem("too_early", _("The letter did not exist on that day."), "#id_sent_on"))
    if channel == SendingChannel.REGISTERED and not number.strip():
        problems.append(Problem("no_number", _("Write the number of the registered letter."), "#id_number"))
    return problems
