"""The reserve list after its notification: a file lifted from it with money that came free, and its end by date."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application
from calls.models import Call
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.canonical import canonical_json, sha256_hex
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from reviews.choices import Outcome, ProposalState
from reviews.lines import beyond_grants_maximum, missing_money, missing_period
from reviews.models import Decision, Proposal, ProposalLine
from reviews.steps import file_not_in


def promote_from_reserve(*, application_id: int, by: User, at: datetime | None = None) -> Proposal:
    """A proposal with this one file is frozen: it gets all that it asks from the money that came free.

    The first on the list goes first. The head of unit approves and notifies it as any other list; the decision that
    follows replaces the reserve decision, which stays as it is.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        call = _hold_call(application_id)
        application = Application.objects.locked().select_related("call", "organisation").get(pk=application_id)
        require(by, "reviews.freeze_proposal", call)
        refuse_if(file_not_in(application, State.ON_RESERVE))
        reserve = standing_reserve(application)
        refuse_if(_missing_before_promotion(call, application, reserve, on=timezone.localdate(moment)))
        proposal = _freeze(call, reserve, by=by, at=moment)
        application.promote()
        application.save(update_fields=["state"])
        record("proposal.frozen", on=proposal, by=by, data={"sha256": proposal.sha256})
        record("application.promoted", on=application, by=by, data={"reserve": reserve.number})
    return proposal


def expire_reserves(*, at: datetime | None = None) -> int:
    """Every reserve whose last day is over has lapsed; returns how many. It may run as often as one likes."""
    today = timezone.localdate(at or timezone.now())
    over = Decision.objects.filter(
        outcome=Outcome.ON_RESERVE,
        application__state=State.ON_RESERVE,
        line__reserve_until__lt=today,
    )
    waiting = list(over.standing().not_replaced().order_by("application").values_list("application", flat=True))
    return sum(_expire(application_id, today) for application_id in waiting)


def standing_reserve(application: Application) -> Decision:
    """The decision that put the file on the reserve list."""
    decisions = application.decisions.filter(outcome=Outcome.ON_RESERVE).standing().not_replaced()
    return decisions.select_related("line").latest("decided_at")


def waits_on_reserve(call: Call) -> list[ProposalLine]:
    """The lines of the call that still wait on its reserve list, in its order."""
    lines = _reserve_lines(call).filter(application__state=State.ON_RESERVE)
    return list(lines.select_related("application__organisation", "decision").order_by("reserve_order"))


def earlier_on_reserve(proposal: Proposal) -> list[Problem]:
    """A promotion is approved in the order of the reserve list too: an earlier one may have been returned meanwhile."""
    if proposal.promotes is None or proposal.promotes.line is None:
        return []
    order = proposal.promotes.line.reserve_order
    waiting = _reserve_lines(proposal.call).filter(application__state__in=[State.ON_RESERVE, State.PROPOSED])
    first = waiting.filter(reserve_order__lt=order).select_related("application").order_by("reserve_order").first()
    return [_stands_before(first)] if first else []


def _reserve_lines(call: Call) -> QuerySet[ProposalLine]:
    """The places on the reserve list of the call, whoever still holds them; those of a list that came back are none."""
    lines = ProposalLine.objects.filter(proposal__call=call, outcome=Outcome.ON_RESERVE, decision__isnull=False)
    return lines.exclude(proposal__state=ProposalState.RETURNED)


def _stands_before(line: ProposalLine) -> Problem:
    sentence = _("%(file)s stands before this file on the reserve list.")
    return Problem("order", sentence % {"file": line.application.short_reference})


def _hold_call(application_id: int) -> Call:
    """The call first, as for every freeze: two promotions of one call get two numbers."""
    call_id = Application.objects.values_list("call", flat=True).get(pk=application_id)
    return Call.objects.locked().select_related("envelope").get(pk=call_id)


def _freeze(call: Call, reserve: Decision, *, by: User, at: datetime) -> Proposal:
    earlier = reserve.line
    if earlier is None:
        raise ValueError("A reserve decision has its line.")
    amount = earlier.amount_requested
    facts = {
        "call": call.reference,
        "promotes": reserve.number,
        "ceiling": call.envelope.remaining,
        "files": [{"reference": reserve.application.reference, "requested": amount, "amount": amount}],
    }
    content = canonical_json(facts)
    proposal = Proposal.objects.create(
        call=call,
        promotes=reserve,
        number=call.proposals.count() + 1,
        content=content,
        sha256=sha256_hex(content),
        prepared_by=by,
        frozen_at=at,
    )
    ProposalLine.objects.create(
        proposal=proposal,
        application=reserve.application,
        rank=earlier.rank,
        points=earlier.points,
        outcome=Outcome.AWARDED,
        amount=amount,
        amount_requested=amount,
    )
    return proposal


def _expire(application_id: int, today: date) -> int:
    """1 when the file lapsed now; 0 when somebody was faster."""
    with transaction.atomic():
        application = Application.objects.locked().get(pk=application_id)
        if application.state != State.ON_RESERVE:
            return 0
        reserve = standing_reserve(application)
        application.expire_reserve()
        application.save(update_fields=["state"])
        record("application.reserve_expired", on=application, by=None, data={"reserve": reserve.number})
    return 1


def _missing_before_promotion(call: Call, file: Application, reserve: Decision, *, on: date) -> list[Problem]:
    """The reserve still runs, nobody stands before the file, the money suffices, the applicant may have the grant."""
    line = reserve.line
    if line is None or line.reserve_until is None or line.reserve_order is None:
        raise ValueError("A reserve decision has its place and its last day.")
    problems = []
    if line.reserve_until < on:
        problems.append(Problem("over", _("The reserve of this file is over.")))
    first = next(iter(waits_on_reserve(call)), None)
    if first is not None and first.application_id != file.pk:
        problems.append(_stands_before(first))
    problems += missing_period(file)
    problems += missing_money(call.envelope.remaining, line.amount_requested)
    granted = Decision.objects.filter(outcome=Outcome.AWARDED, application__call=call).standing().to_be_told()
    earlier = Counter(granted.values_list("application__organisation", flat=True))
    return [*problems, *beyond_grants_maximum(call, [file], earlier=earlier)]
