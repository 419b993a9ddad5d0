"""The number series of the decisions of a call, and the money they commit or free. Both hang on the envelope's lock."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F, Sum

from applications.choices import State
from calls.models import Call, Envelope
from portal.core.dates import BRUSSELS
from portal.core.exceptions import refuse_if
from reviews.lines import missing_money
from reviews.models import Decision, Proposal


def commit_money(envelope: Envelope, wanted: Decimal) -> None:
    """The amount is committed, or refused with what is left; the envelope is held."""
    refuse_if(missing_money(envelope.remaining, wanted))
    Envelope.objects.filter(pk=envelope.pk).update(committed=F("committed") + wanted)


def free_money(proposal: Proposal) -> Decimal:
    """What the list committed is free again, save for files that were withdrawn since: theirs came free then."""
    lines = proposal.lines.exclude(application__state=State.WITHDRAWN)
    amount: Decimal = lines.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    Envelope.objects.filter(call=proposal.call_id).update(committed=F("committed") - amount)
    return amount


def next_number(call: Call, at: datetime) -> str:
    """<call>-<year>-<4 digits>, counted per call and year; the envelope's lock keeps two decisions apart."""
    prefix = f"{call.reference}-{at.astimezone(BRUSSELS).year}-"
    taken = Decision.objects.filter(number__startswith=prefix).count()
    return f"{prefix}{taken + 1:04d}"
