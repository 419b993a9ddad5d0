"""Pages that show no record: accessibility, privacy, contact."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the portal keeps about people, why and how long."""
    return render(request, "pages/privacy.html")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask for help and where to complain."""
    return render(request, "pages/contact.html")
