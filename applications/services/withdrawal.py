"""Withdrawing an application: the applicant's own end of the procedure, before a final decision is notified."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from applications import emails
from applications.effects import hold_before_withdrawal, withdrawn
from applications.models import Application
from applications.readiness import missing_before_withdrawal
from calls.models import Call
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import refuse_if
from portal.core.gate import require
from portal.mail.services import post


def withdraw_application(*, application_id: int, by: User, reason: str, at: datetime | None = None) -> Application:
    """The application takes no further part, for the reason written; what was decided about it is never notified.

    The call is locked first, then its list and envelope, then the files: the order of freezing and approving.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        Call.objects.locked().get(applications=application_id)
        hold_before_withdrawal(application_id)
        rows = Application.objects.locked().select_related("call__unit", "organisation")
        application = rows.get(pk=application_id)
        require(by, "applications.withdraw_application", application)
        refuse_if(missing_before_withdrawal(application, reason))
        before = str(application.state)
        application.withdraw(reason=reason.strip(), at=moment)
        application.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
        post(emails.withdrawn(application, by=by))
        events = withdrawn(application, moment)
        record("application.withdrawn", on=application, by=by, data={"from": before})
        for verb, changed, facts in events:
            record(verb, on=changed, by=None, data=facts)
    return application
