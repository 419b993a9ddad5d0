"""The external steps of a list as its page shows them: what was answered, what is awaited, what this person may do."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.dates import long_day
from reviews.chain import Chain, chain_of
from reviews.choices import DECIDED_LISTS, Opinion, ProposalState
from reviews.models import Proposal, ProposalStep
from reviews.views.access import can


@dataclass(frozen=True)
class ShownStep:
    """One step: its name, what was answered in one line, and where the scan is read."""

    row: ProposalStep
    words: str
    tag: str
    scan_url: str
    is_next: bool


def chain_shown(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """Nothing before the approval, nor where no external step applies."""
    if proposal.state not in DECIDED_LISTS and not proposal.approved_at:
        return {"chain": Chain([])}
    chain = chain_of(proposal)
    if not chain.steps:
        return {"chain": chain}
    # A list that came back awaits nobody any more.
    rows = [row for row in chain.steps if row.opinion or proposal.state != ProposalState.RETURNED]
    return {
        "chain": chain,
        "outside": [_shown(proposal, chain, row) for row in rows],
        "may_transmit": proposal.state == ProposalState.APPROVED
        and can(request, "reviews.transmit_proposal", proposal),
        "may_record": proposal.state == ProposalState.TRANSMITTED
        and can(request, "reviews.record_external_step", proposal),
    }


def _shown(proposal: Proposal, chain: Chain, row: ProposalStep) -> ShownStep:
    is_next = row == chain.next and proposal.state == ProposalState.TRANSMITTED
    if not row.opinion or row.given_on is None:
        return ShownStep(row, _("Awaited"), "warn" if is_next else "", "", is_next)
    shown = {"day": long_day(row.given_on, get_language() or "fr"), "opinion": row.get_opinion_display()}
    address = reverse("reviews:step_scan", args=[proposal.call.reference, proposal.number, row.place])
    tag = "ok" if row.opinion == Opinion.FAVOURABLE else "stop"
    return ShownStep(row, _("%(opinion)s, %(day)s") % shown, tag, address, is_next)
