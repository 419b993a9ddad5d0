"""What happens to the lists of a call when the call is cancelled, and what keeps it from being cancelled."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from calls.consequences import Event, when_call_is_cancelled
from calls.models import Call
from calls.registry import register_obstacles_to_cancelling
from portal.core.exceptions import Problem
from reviews.choices import ProposalState
from reviews.models import Proposal

# A list in one of these states binds nobody: it was never approved, or everyone in it was told.
HARMLESS = [ProposalState.DRAFT, ProposalState.FROZEN, ProposalState.RETURNED, ProposalState.NOTIFIED]


def decided_and_not_told(call: Call) -> list[Problem]:
    """A decision that was taken is notified before anything else happens to its call."""
    if call.proposals.exclude(state__in=HARMLESS).exists():
        return [
            Problem("not_notified", _("Decisions of this call are approved and not yet notified. Notify them first."))
        ]
    return []


def return_frozen_lists(call: Call, at: datetime) -> list[Event]:
    """A list that awaited the head of unit goes back: there is nothing left to decide."""
    events: list[Event] = []
    for proposal in Proposal.objects.locked().filter(call=call, state=ProposalState.FROZEN):
        with translation.override("fr"):
            proposal.send_back(reason=_("The call was cancelled."))
        proposal.save(update_fields=["state", "return_reason"])
        events.append(("proposal.returned", proposal, {}))
    return events


def register() -> None:
    """Listen to the calls."""
    register_obstacles_to_cancelling(decided_and_not_told)
    when_call_is_cancelled(return_frozen_lists)
