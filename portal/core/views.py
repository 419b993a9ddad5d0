"""The answers to what goes wrong outside a view: 400, 403, 404, 500, and a form without its mark. Pages are in pages.py."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.core.refusals import refusal_page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, made without the request: nothing in it can be trusted."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, the same page for every reason."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for what is not there and for what this person may not know of."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, made without the request: what failed is not asked again.

    A database that was away before the view began, while the session was read, is answered with 503 here too.
    """
    refusal = refusal_page(request, sys.exc_info()[1])
    if refusal is not None:
        return refusal
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its mark, with the way to save what was typed."""
    return render(request, "403_csrf.html", status=403)
