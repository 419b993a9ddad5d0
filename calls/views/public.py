"""What everyone reads: the start page, the list of calls, one call."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from calls.corrections import corrigenda_as_read
from calls.models import Call
from calls.reading import call_as_read, other_languages
from calls.standing import COMING, OPEN, standing_of, time_left
from calls.views.calendar import timeline_of
from calls.views.cards import Card, card_of
from calls.views.places import partner_places
from portal.core.gate import visible_or_404
from portal.core.numbered_pages import numbered_page
from portal.organisations.permissions import is_applicant

CLOSED_ON_THE_START_PAGE = 2
CLOSED_ON_A_PAGE = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The call that closes first, the others, the four steps, and where the partners are."""
    current = _current_cards(request)
    closed = Call.objects.closed(request.arrived_at)[:CLOSED_ON_THE_START_PAGE]
    first = next((card for card in current if card.is_open), None)
    others = [card for card in current if card is not first]
    context = {
        "first": first,
        "others": [*others, *(card_of(call, request.arrived_at) for call in closed)],
        "places": partner_places([card.call for card in current if card.is_open], request.arrived_at),
    }
    return render(request, "calls/home.html", context)


@require_safe
def open_calls(request: HttpRequest) -> HttpResponse:
    """Every published call: open, soon, closed."""
    current = _current_cards(request)
    page = numbered_page(Call.objects.closed(request.arrived_at), request, size=CLOSED_ON_A_PAGE)
    context = {
        "open": [card for card in current if card.is_open],
        "coming": [card for card in current if card.is_coming],
        "closed": [card_of(call, request.arrived_at) for call in page.rows],
        "page": page,
    }
    return render(request, "calls/open.html", context)


@require_safe
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything a call says, as it was frozen; its own service sees it before it is published too."""
    rows = Call.objects.select_related("unit", "envelope", "sector")
    found: Call = visible_or_404(rows, request.user, reference=reference)
    read = call_as_read(found, get_language() or "fr")
    standing = standing_of(found, request.arrived_at)
    context = {
        "call": found,
        "read": read,
        "heaviest": max((criterion["weight"] for criterion in read["criteria"]), default=0),
        "standing": standing,
        "other_languages": sorted(other_languages(read)),
        "is_public": found.is_public,
        "corrigenda": corrigenda_as_read(list(found.corrigenda.issued())) if found.is_public else [],
        "start": _start(request.user) if standing == OPEN else "",
        "is_coming": standing == COMING,
        "time_left": time_left(found, request.arrived_at),
        "timeline": [] if found.cancelled_at else timeline_of(read["calendar"], request.arrived_at),
    }
    return render(request, "calls/call.html", context)


def _current_cards(request: HttpRequest) -> list[Card]:
    rows = Call.objects.current(request.arrived_at).select_related("envelope")
    return [card_of(row, request.arrived_at) for row in rows.prefetch_related("tracks", "territories")]


def _start(user: Any) -> str:
    """What stands where an application begins: the button, the way in, or why there is none."""
    if not user.is_authenticated:
        return "sign_in"
    if is_applicant(user) and not user.is_auditor:
        return "button"
    return "no_organisation"
