"""From draft to published, and on to assessment: each step by the person who may take it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from calls import consequences
from calls.choices import State
from calls.contract import contract_and_hash
from calls.models import Call
from calls.readiness import missing_before_assessment, missing_before_publication, not_in_step
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require


def propose_publication(*, call_id: int, by: User, at: datetime | None = None) -> Call:
    """The call is complete in French and Dutch and awaits the unit head."""
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "calls.propose_publication", call)
        refuse_if(not_in_step(call, State.DRAFT))
        refuse_if(missing_before_publication(call))
        call.propose(by=by, at=at or timezone.now())
        call.save(update_fields=["state", "proposed_by", "proposed_at", "return_reason"])
        record("call.proposed", on=call, by=by)
    return call


def return_to_draft(*, call_id: int, by: User, reason: str) -> Call:
    """The call is a draft again, and the officer reads why."""
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "calls.return_to_draft", call)
        refuse_if(not_in_step(call, State.PROPOSED))
        refuse_if([] if reason.strip() else [Problem("no_reason", _("Write why the call goes back."), "#id_reason")])
        call.send_back(reason=reason.strip())
        call.save(update_fields=["state", "return_reason"])
        record("call.returned", on=call, by=by)
    return call


def publish_call(*, call_id: int, by: User, at: datetime | None = None) -> Call:
    """Everyone may read the call; its form and criteria are frozen and their hash is kept: the call's contract."""
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "calls.publish_call", call)
        refuse_if(not_in_step(call, State.PROPOSED))
        refuse_if(missing_before_publication(call))
        contract, sha256 = contract_and_hash(call)
        call.publish(by=by, at=at or timezone.now(), contract=contract, sha256=sha256)
        call.save(update_fields=["state", "published_by", "published_at", "contract", "contract_sha256"])
        record("call.published", on=call, by=by, data={"contract_sha256": sha256})
    return call


def open_assessment(*, call_id: int, by: User, at: datetime | None = None) -> Call:
    """The submitted files are unsealed; drafts that were never submitted have lapsed."""
    moment = at or timezone.now()
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "calls.open_assessment", call)
        refuse_if(not_in_step(call, State.PUBLISHED))
        refuse_if(missing_before_assessment(call, at=moment))
        call.open_assessment(at=moment)
        call.save(update_fields=["state", "assessment_opened_at"])
        events = consequences.assessment_opened(call, moment)
        record("call.assessment_opened", on=call, by=by)
        for verb, changed, data in events:
            record(verb, on=changed, by=None, data=data)
    return call
