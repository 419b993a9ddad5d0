"""What the desk reads: the calls it works on, and everything of one of them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from calls.choices import State
from calls.corrections import corrigenda_as_read
from calls.desk_tables import tables_of
from calls.models import Call
from calls.readiness import missing_before_archiving, missing_before_assessment, missing_before_publication
from calls.reading import call_as_read, column_words
from calls.registry import counts_of
from calls.standing import standing_of
from calls.views.calendar import timeline_of
from portal.accounts.choices import Role
from portal.core.dates import long_moment
from portal.core.gate import may, require, visible_or_404
from portal.core.numbered_pages import numbered_page

CALLS_ON_A_PAGE = 25


@dataclass(frozen=True)
class Act:
    """What may be done with a call in one state, by whom, and where; it may wait for what the page says is missing."""

    label: str | Promise
    permission: str
    url_name: str
    waits: bool = False


CANCEL = Act(_("Cancel the call"), "calls.cancel_call", "calls:cancel")
ACTS = {
    State.DRAFT: [
        Act(_("Propose for publication"), "calls.propose_publication", "calls:propose", waits=True),
        CANCEL,
    ],
    State.PROPOSED: [
        Act(_("Publish the call"), "calls.publish_call", "calls:publish", waits=True),
        Act(_("Return to the officer"), "calls.return_to_draft", "calls:return"),
        CANCEL,
    ],
    State.PUBLISHED: [
        Act(_("Open the assessment"), "calls.open_assessment", "calls:open_assessment", waits=True),
        Act(_("Correct a text"), "calls.propose_corrigendum", "calls:propose_corrigendum"),
        Act(_("Extend the deadline"), "calls.extend_deadline", "calls:extend_deadline"),
        CANCEL,
    ],
    State.IN_ASSESSMENT: [CANCEL],
    State.DECIDED: [Act(_("Archive the call"), "calls.archive_call", "calls:archive", waits=True)],
}


@login_required
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    """Every call the person works on or may read, the last deadline first."""
    require(request.user, "calls.see_desk")
    rows = Call.objects.of_the_desk(request.user).select_related("envelope", "unit")
    page = numbered_page(rows, request, size=CALLS_ON_A_PAGE)
    language = get_language() or "fr"
    lines = [
        {
            "call": call,
            "title": column_words(call, "title", language),
            "standing": standing_of(call, request.arrived_at),
        }
        for call in page.rows
    ]
    return render(request, "calls/desk/list.html", {"page": page, "lines": lines})


@login_required
@require_safe
def desk_call(request: HttpRequest, reference: str) -> HttpResponse:
    """All that one call says, in French and Dutch, what is missing, who acted, and what can be done now."""
    call = call_of_the_desk(request, reference)
    read = call_as_read(call, None)
    context = {
        "call": call,
        "read": read,
        "standing": standing_of(call, request.arrived_at),
        "tables": tables_of(read),
        "timeline": timeline_of(read["calendar"], request.arrived_at),
        "people": _four_eyes(call),
        "counts": counts_of(call),
        "is_sealed": call.assessment_opened_at is None,
        "corrigenda": corrigenda_as_read(list(call.corrigenda.all())),
        **_next_steps(request, call),
    }
    return render(request, "calls/desk/call.html", context)


def call_of_the_desk(request: HttpRequest, reference: str) -> Call:
    """The call among those the person works on; 403 for whoever works on none, 404 for another unit's."""
    require(request.user, "calls.see_desk")
    people = ("created_by", "proposed_by", "published_by", "cancelled_by", "archived_by")
    rows = Call.objects.of_the_desk(request.user).select_related("unit", "envelope", "sector", *people)
    return visible_or_404(rows, request.user, reference=reference)


def _four_eyes(call: Any) -> list[dict[str, Any]]:
    """Who wrote, proposed and published the call, or who is awaited; and who ended it."""
    language, ended = get_language() or "fr", _endings(call)
    steps = [{"who": call.created_by.name, "did": _("wrote the draft"), "is_done": True}]
    if call.proposed_by and call.state != State.DRAFT:
        did = _("proposed it on %(moment)s") % {"moment": long_moment(call.proposed_at, language)}
        steps.append({"who": call.proposed_by.name, "did": did, "is_done": True})
    elif call.state == State.CANCELLED:
        return [*steps, *ended]
    else:
        steps.append({"who": Role.OFFICER.label, "did": _("proposal awaited"), "is_done": False})
    if call.published_by:
        did = _("published it on %(moment)s") % {"moment": long_moment(call.published_at, language)}
        return [*steps, {"who": call.published_by.name, "did": did, "is_done": True}, *ended]
    if call.state == State.CANCELLED:
        return [*steps, *ended]
    return [*steps, {"who": Role.UNIT_HEAD.label, "did": _("publication awaited, by another person"), "is_done": False}]


def _endings(call: Any) -> list[dict[str, Any]]:
    """Who cancelled or archived the call."""
    language, found = get_language() or "fr", []
    for person, at, words in (
        (call.cancelled_by, call.cancelled_at, _("cancelled it on %(moment)s")),
        (call.archived_by, call.archived_at, _("archived it on %(moment)s")),
    ):
        if person:
            found.append({"who": person.name, "did": words % {"moment": long_moment(at, language)}, "is_done": True})
    return found


def _next_steps(request: HttpRequest, call: Call) -> dict[str, Any]:
    """What still stands in the way, and the acts this person may take; an auditor takes none."""
    missing = []
    if call.state in (State.DRAFT, State.PROPOSED):
        missing = missing_before_publication(call)
    elif call.state == State.PUBLISHED:
        missing = missing_before_assessment(call, at=request.arrived_at)
    elif call.state == State.DECIDED:
        missing = missing_before_archiving(call, at=request.arrived_at)
    allowed = (
        []
        if request.user.is_auditor
        else [
            (act.label, reverse(act.url_name, args=[call.reference]), act.waits and bool(missing))
            for act in ACTS.get(State(call.state), [])
            if may(request.user, act.permission, call)
        ]
    )
    return {"missing": missing, "acts": allowed}
