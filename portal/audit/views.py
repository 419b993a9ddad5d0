"""The page of the event chain: does it hold, and what is in it. For reading only."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.audit.models import Event
from portal.audit.names import codes_of, names_of
from portal.audit.verification import verify
from portal.core.gate import require
from portal.core.paging import key_before, page_of

PAGE = 50
LONGEST_NAME = 100


@login_required
@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """Events from the newest down; whoever asks for it reads first whether the whole chain holds.

    The check reads every event, about half a second for 100 000: it is not made for those who only look.
    """
    require(request.user, "audit.read_chain")
    before = key_before(request)
    about = request.GET.get("about", "").replace("\x00", "").strip()[:LONGEST_NAME]
    events = Event.objects.visible_to(request.user).newest_first(before=before)
    found = events.about(*codes_of(about, request.user)) if about else events
    page = page_of(found, request, size=PAGE)
    names = names_of((event.object for event in page.rows), request.user)
    context = {
        "page": page,
        "events": [(event, names.get(event.object)) for event in page.rows],
        "verdict": verify() if request.GET.get("check") else None,
        "checked_at": timezone.now(),
        "about": about,
    }
    return render(request, "audit/chain.html", context)
