"""The number series of the decisions of a call, and the money that they commit. Both hang on the envelope's lock."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F

from calls.models import Call, Envelope
from portal.core.dates import BRUSSELS
from portal.core.exceptions import refuse_if
from reviews.lines import missing_money
from reviews.models import Decision


def hold_envelope(call_id: int) -> Envelope:
    """The envelope is held until the end of the transaction; whoever decides takes it before any file of the call."""
    return Envelope.objects.select_for_update().get(call=call_id)


def commit_money(envelope: Envelope, wanted: Decimal) -> None:
    """The amount is committed, or refused with what is left; the envelope is held."""
    refuse_if(missing_money(envelope.remaining, wanted))
    Envelope.objects.filter(pk=envelope.pk).update(committed=F("committed") + wanted)


def next_number(call: Call, at: datetime) -> str:
    """<call>-<year>-<4 digits>, counted per call and year; the envelope's lock keeps two decisions apart."""
    prefix = f"{call.reference}-{at.astimezone(BRUSSELS).year}-"
    taken = Decision.objects.filter(number__startswith=prefix).count()
    return f"{prefix}{taken + 1:04d}"
