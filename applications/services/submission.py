"""Handing an application in: from here a numbered version exists that nobody can change."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications import emails
from applications.choices import State
from applications.content import freeze
from applications.models import Application, Version
from applications.readiness import missing_before_submit
from calls.models import Call
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.documents.services import request_document
from portal.mail.services import post


def submit_application(*, application_id: int, by: User, arrived_at: datetime, key: uuid.UUID | None = None) -> Version:
    """A new version stands, its receipt is requested and announced; the last version handed in counts.

    `arrived_at` is the moment when the request reached the portal; it must lie before the deadline (strict).
    The same `key` twice gives the same version.
    """
    with transaction.atomic():
        application = _hold(application_id)
        require(by, "applications.submit_application", application)
        already = Version.objects.filter(key=key).first() if key else None
        if already and already.application_id == application.pk:
            return already
        refuse_if([_used_elsewhere()] if already else [])
        refuse_if(missing_before_submit(application, at=arrived_at))
        _move_to_submitted(application, at=arrived_at)
        version = freeze(application, by=by, at=arrived_at, key=key or uuid.uuid4())
        document = request_document("applications.receipt", of=version, language=application.language)
        post(emails.receipt(version, code=document.code))
        record(
            "application.submitted", on=application, by=by, data={"version": version.number, "sha256": version.sha256}
        )
    return version


def _hold(application_id: int) -> Application:
    """The file; before it the call, which the first submission of all changes (docs/reliability.md, order of locks)."""
    call = Call.objects.locked().filter(applications=application_id, first_submitted_at__isnull=True)
    list(call.order_by().values_list("pk"))
    return Application.objects.locked().select_related("call__unit", "organisation").get(pk=application_id)


def _used_elsewhere() -> Problem:
    return Problem("key_used", _("This page is out of date. Open it again, then submit."))


def _move_to_submitted(application: Application, *, at: datetime) -> None:
    if application.state == State.DRAFT:
        application.submit(at=at)
    else:
        application.resubmit(at=at)
    application.changed_at = at
    application.save(update_fields=["state", "submitted_at", "changed_at"])
    # From the first submission on, the criteria and their weights refuse any change.
    Call.objects.filter(pk=application.call_id, first_submitted_at__isnull=True).update(first_submitted_at=at)
