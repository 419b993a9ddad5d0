"""A list comes back, before its approval or after it: where its files stand then, and what becomes of its money."""

from collections.abc import Iterable

from applications.choices import State
from applications.models import Application
from calls.consequences import Event
from reviews.models import Proposal
from reviews.services.numbers import free_money


def files_go_back(proposal: Proposal, files: Iterable[Application]) -> list[Event]:
    """The files stand where they stood before the list, save those that were withdrawn since; they are held."""
    events: list[Event] = []
    for file in files:
        if file.state not in {State.PROPOSED, State.APPROVED}:
            continue
        # A file that was to be lifted from the reserve list keeps its place there.
        if proposal.promotes_id:
            file.go_back_to_reserve()
        else:
            file.return_proposal()
        file.save(update_fields=["state"])
        events.append(("application.returned_from_proposal", file, {}))
    return events


def take_back(proposal: Proposal, *, reason: str) -> list[Event]:
    """What was approved does not become final: the list is returned and its money free.

    Its decisions stay as numbered rows that are never notified, and their letters are never released. The list and its
    envelope are held; what becomes of its files is the caller's.
    """
    amount = free_money(proposal)
    proposal.take_back(reason=reason)
    proposal.save(update_fields=["state", "return_reason"])
    events: list[Event] = [("proposal.returned", proposal, {"after": "approval"})]
    return [*events, ("envelope.freed", proposal, {"amount": str(amount)})] if amount else events
