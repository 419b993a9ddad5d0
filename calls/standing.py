"""How a call stands at a moment, in words and with the tag that repeats them. Stored states live in choices."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from calls.choices import State
from calls.models import Call
from portal.core.dates import BRUSSELS


@dataclass(frozen=True)
class Standing:
    """Words first; `tag` is one of the five states of a tag (ok, info, warn, stop or nothing)."""

    label: str | Promise
    tag: str


OPEN = Standing(pgettext_lazy("call", "Open"), "ok")
COMING = Standing(pgettext_lazy("call", "Soon"), "info")
CLOSED = Standing(pgettext_lazy("call", "Closed"), "")
_BY_STATE = {
    State.DRAFT: Standing(State.DRAFT.label, ""),
    State.PROPOSED: Standing(State.PROPOSED.label, "warn"),
    State.IN_ASSESSMENT: Standing(State.IN_ASSESSMENT.label, "info"),
    State.DECIDED: Standing(State.DECIDED.label, "ok"),
    State.ARCHIVED: Standing(State.ARCHIVED.label, ""),
    State.CANCELLED: Standing(State.CANCELLED.label, "stop"),
}


def standing_of(call: Call, at: datetime) -> Standing:
    """A published call is coming, open or closed by the clock; any other stands where a person put it."""
    if call.state != State.PUBLISHED:
        return _BY_STATE[State(call.state)]
    if call.is_closed(at):
        return CLOSED
    return OPEN if call.is_open(at) else COMING


def time_left(call: Call, at: datetime) -> str:
    """Whole days until the deadline, in words; on the day itself, that it is today; nothing once nobody can apply."""
    if call.is_closed(at) or call.state == State.CANCELLED:
        return ""
    days = (call.closes_at.astimezone(BRUSSELS).date() - at.astimezone(BRUSSELS).date()).days
    if not days:
        return _("today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
