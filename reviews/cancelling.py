"""What happens to the lists of a call when the call is cancelled."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from calls.consequences import Event, when_call_is_cancelled
from calls.models import Call
from reviews.choices import APPROVED_LISTS, ProposalState
from reviews.models import Proposal
from reviews.services.holding import hold_envelope
from reviews.services.taking_back import take_back


def return_lists(call: Call, at: datetime) -> list[Event]:
    """Every list that nobody was told of comes back; what an approved one committed is free again.

    The call is held by whoever cancels it, so that no approval, opinion or notification is under way. A list that was
    notified is final and stays.
    """
    untold = [ProposalState.FROZEN, *APPROVED_LISTS]
    events: list[Event] = []
    proposals = list(Proposal.objects.locked().filter(call=call, state__in=untold).order_by("pk"))
    if proposals:
        hold_envelope(call.pk)
    for proposal in proposals:
        with translation.override(proposal.prepared_by.language):
            reason = _("The call was cancelled.")
        if proposal.state == ProposalState.FROZEN:
            proposal.send_back(reason=reason)
            proposal.save(update_fields=["state", "return_reason"])
            events.append(("proposal.returned", proposal, {}))
        else:
            events += take_back(proposal, reason=reason)
    return events


def register() -> None:
    """Listen to the calls."""
    when_call_is_cancelled(return_lists)
