"""How a call ends other than by its decisions: cancelled with a reason, or archived when nobody can appeal any more."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from calls import consequences
from calls.contract import LANGUAGES
from calls.models import Call
from calls.readiness import missing_before_archiving, missing_before_cancelling, missing_in_reason
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import refuse_if
from portal.core.gate import require


def cancel_call(*, call_id: int, by: User, reason: Mapping[str, str], at: datetime | None = None) -> Call:
    """Nothing more is decided: every application that is not final is cancelled with the call, and its applicant told.

    The reason has the keys `fr`, `nl` and perhaps `en`; a call that was published stays readable, with the reason.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "calls.cancel_call", call)
        refuse_if([*missing_before_cancelling(call), *missing_in_reason(reason)])
        before = call.state
        for language in LANGUAGES:
            setattr(call, f"cancellation_reason_{language}", reason.get(language, "").strip())
        call.cancel(by=by, at=moment)
        columns = [f"cancellation_reason_{language}" for language in LANGUAGES]
        call.save(update_fields=["state", "cancelled_by", "cancelled_at", *columns])
        events = consequences.call_cancelled(call, moment)
        record("call.cancelled", on=call, by=by, data={"before": str(before)})
        for verb, changed, data in events:
            record(verb, on=changed, by=None, data=data)
    return call


def archive_call(*, call_id: int, by: User, at: datetime | None = None) -> Call:
    """The call is put away: it stays readable, and nothing of it changes any more."""
    moment = at or timezone.now()
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "calls.archive_call", call)
        refuse_if(missing_before_archiving(call, at=moment))
        call.archive(by=by, at=moment)
        call.save(update_fields=["state", "archived_by", "archived_at"])
        record("call.archived", on=call, by=by)
    return call
