"""Transmitted lists whose next external step awaits its answer: the same for an officer and for a second head."""

from typing import Any

from django.db.models import Min, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.dates import long_day
from portal.dashboard.groups import Group, Line, whole
from portal.organisations.permissions import organisations_of
from reviews.choices import ProposalState
from reviews.models import Proposal, ProposalStep


def answers_awaited(user: Any, units: set[int]) -> Group:
    """Those that this person may record: not on a list they approved, nor with an organisation of theirs in it."""
    rows = Proposal.objects.filter(call__unit__in=units, state=ProposalState.TRANSMITTED).exclude(approved_by=user)
    if own := organisations_of(user):
        rows = rows.exclude(lines__application__organisation__in=own)
    turn = Min("steps__place", filter=Q(steps__opinion=""))
    shown_of_a_list = ("number", "promotes", "transmitted_on", "transmitted_to", "call__reference")
    awaited = rows.annotate(turn=turn).select_related("call").only(*shown_of_a_list)
    lists = list(awaited.order_by("transmitted_on", "pk"))
    steps = {
        (step.proposal_id, step.place): step
        for step in ProposalStep.objects.filter(proposal__in=lists).select_related("step")
    }
    language = get_language() or "fr"
    lines = []
    for row in lists:
        shown = {"to": row.transmitted_to, "day": long_day(row.transmitted_on, language) if row.transmitted_on else ""}
        note = _("Transmitted to %(to)s on %(day)s") % shown
        label = f"{row} · {steps[row.pk, row.turn].step}"
        lines.append(Line(label, row.page("board"), note, _("Answer awaited"), "warn"))
    return whole(_("External steps awaited"), lines)
