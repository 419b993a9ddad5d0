"""The page on which everyone arrives after signing in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.dashboard.queries import waiting_for


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, role by role."""
    return render(request, "dashboard/home.html", {"groups": waiting_for(request.user, at=request.arrived_at)})
