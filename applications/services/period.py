"""The start and the length of a project, read from the scan of a paper application after it was entered."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import FINAL, Channel
from applications.models import Application, PaperPeriod
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require


def record_period(
    *, application_id: int, by: User, starts_on: date, duration: int, source: str, at: datetime | None = None
) -> Application:
    """The file has the two facts that an award letter prints, and says where the paper tells them; written once.

    The version stays as it was entered: nothing is added to what arrived.
    """
    with transaction.atomic():
        application = Application.objects.locked().select_related("call").get(pk=application_id)
        require(by, "applications.record_period", application)
        refuse_if(_cannot_record(application, duration=duration, source=source))
        PaperPeriod.objects.create(
            application=application,
            starts_on=starts_on,
            duration=duration,
            source=source.strip(),
            recorded_by=by,
            recorded_at=at or timezone.now(),
        )
        application.starts_on, application.duration = starts_on, duration
        application.save(update_fields=["starts_on", "duration"])
        data = {"starts_on": starts_on.isoformat(), "months": duration}
        record("application.period_recorded", on=application, by=by, data=data)
    return application


def _cannot_record(application: Application, *, duration: int, source: str) -> Iterator[Problem]:
    if application.channel != Channel.PAPER:
        yield Problem("not_paper", _("This application came through the portal: its applicant wrote the period."))
    elif application.starts_on and application.duration:
        yield Problem("has_period", _("The start and the length of this project are known already."))
    elif application.state in FINAL:
        shown = {"state": application.get_state_display()}
        yield Problem("state", _("This file is already in another step: %(state)s.") % shown)
    elif duration < 1:
        yield Problem("duration", _("Write a whole number of months."), "#id_duration")
    elif not source.strip():
        yield Problem("no_source", _("Write where the paper says so."), "#id_source")
