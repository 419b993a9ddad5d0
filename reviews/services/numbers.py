"""The number series of the decisions of a call, and the money that they commit. Both hang on the envelope's lock."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.models import Call, Envelope
from portal.core.dates import BRUSSELS
from portal.core.exceptions import Problem, refuse_if
from portal.core.money import show_amount
from reviews.models import Decision


def hold_envelope(call_id: int) -> Envelope:
    """The envelope is held until the end of the transaction; whoever decides takes it before any file of the call."""
    return Envelope.objects.select_for_update().get(call=call_id)


def commit_money(envelope: Envelope, wanted: Decimal) -> None:
    """The amount is committed, or refused with what is left; the envelope is held."""
    refuse_if(missing_money(envelope.remaining, wanted))
    Envelope.objects.filter(pk=envelope.pk).update(committed=F("committed") + wanted)


def missing_money(remaining: Decimal, wanted: Decimal) -> list[Problem]:
    """What is wanted is more than what is left."""
    if wanted <= remaining:
        return []
    language = get_language() or "fr"
    sentence = _("Only %(left)s is left in the envelope; this proposal needs %(wanted)s.")
    shown = {"left": show_amount(remaining, language), "wanted": show_amount(wanted, language)}
    return [Problem("envelope", sentence % shown)]


def next_number(call: Call, at: datetime) -> str:
    """<call>-<year>-<4 digits>, counted per call and year; the envelope's lock keeps two decisions apart."""
    prefix = f"{call.reference}-{at.astimezone(BRUSSELS).year}-"
    taken = Decision.objects.filter(number__startswith=prefix).count()
    return f"{prefix}{taken + 1:04d}"
