"""Answering a request for correction, or letting it expire: then the file goes on where the request was made."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import emails
from applications.choices import State
from applications.content import corrected_content, freeze_correction
from applications.effects import correction_ended
from applications.models import Application, Correction, Version
from applications.readiness import missing_before_correct
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.canonical import canonical_json
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.documents.services import request_document
from portal.mail.services import post

# A request ends within 30 seconds: an answer that arrived in time is never overtaken by the expiry.
MARGIN = timedelta(seconds=60)


def correct_application(*, application_id: int, by: User, arrived_at: datetime) -> Version:
    """A new version stands: the last one with the named parts corrected; the file goes on where it was.

    `arrived_at` is the moment when the request reached the portal; it must not lie after the due moment.
    """
    with transaction.atomic():
        application = _locked(application_id)
        require(by, "applications.correct_application", application)
        refuse_if(missing_before_correct(application, at=arrived_at) or _nothing_changed(application))
        correction = application.correction
        version = freeze_correction(correction, by=by, at=arrived_at)
        correction.answered_at = arrived_at
        correction.save(update_fields=["answered_at"])
        _go_on(application)
        document = request_document("applications.receipt", of=version, language=application.language)
        post(emails.correction_received(version, code=document.code))
        events = correction_ended(application, version, arrived_at)
        data = {"correction": correction.number, "version": version.number, "sha256": version.sha256}
        record("application.corrected", on=application, by=by, data=data)
        for verb, changed, facts in events:
            record(verb, on=changed, by=None, data=facts)
    return version


def expire_corrections(*, at: datetime | None = None) -> int:
    """No request whose due moment has passed is still open; returns how many were closed. Twice does nothing more."""
    moment = at or timezone.now()
    late = Correction.objects.filter(
        application__state=State.CORRECTION_REQUESTED, answered_at=None, expired_at=None, due_at__lt=moment - MARGIN
    )
    return sum(_expire(pk, at=moment) for pk in late.order_by("application").values_list("application", flat=True))


def _expire(application_id: int, *, at: datetime) -> bool:
    """One request expires; False when its answer or a withdrawal came first."""
    with transaction.atomic():
        application = _locked(application_id)
        if application.state != State.CORRECTION_REQUESTED or application.correction.has_ended:
            return False
        application.correction.expired_at = at
        application.correction.save(update_fields=["expired_at"])
        _go_on(application)
        events = correction_ended(application, None, at)
        data = {"correction": application.correction.number}
        record("application.correction_expired", on=application, by=None, data=data)
        for verb, changed, facts in events:
            record(verb, on=changed, by=None, data=facts)
    return True


def _locked(application_id: int) -> Application:
    rows = Application.objects.locked().select_related("call__unit", "organisation")
    return rows.get(pk=application_id)


def _go_on(application: Application) -> None:
    application.end_correction()
    application.save(update_fields=["state"])


def _nothing_changed(application: Application) -> list[Problem]:
    """The named parts are still what they were in the last version: there is nothing to send."""
    last = application.versions.order_by("-number")[0]
    corrected = corrected_content(application.correction, last)
    del corrected["correction"]
    if canonical_json(corrected) != last.content:
        return []
    return [Problem("nothing_changed", _("You have not changed anything yet: replace or complete what is named."))]
