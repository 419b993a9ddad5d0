"""Turns a refusal into a page, in one place: 403, 409 with what is missing, 503 when a service is away."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerAway

from portal.core.exceptions import NotAllowed, NotReady, Problem

logger = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 30
NOT_A_PAGE = 405

# PostgreSQL's codes for "another session holds the row": lock not available, deadlock.
_BUSY = {"55P03", "40P01"}


def refusal_page(request: HttpRequest, trouble: BaseException | None) -> HttpResponse | None:
    """The page that answers `trouble`, or None when it is not a refusal."""
    match trouble:
        case NotAllowed():
            logger.info("Not allowed: %s on %s", trouble, request.path)
            return render(request, "403.html", status=403)
        case NotReady():
            return render(request, "409.html", {"problems": trouble.problems}, status=409)
        case OperationalError() if getattr(trouble.__cause__, "sqlstate", None) in _BUSY:
            return render(request, "409.html", {"problems": [_someone_else()]}, status=409)
        case OperationalError() | InterfaceError() | BrokerAway():
            logger.error("A service is away: %s", trouble)
            return service_away()
    return None


def no_page(request: HttpRequest, *, takes: str) -> HttpResponse:
    """The page for an address that only takes a form. A form is sent to below the page on which it stands.

    `takes` names the methods that the address does take: a 405 must say them (RFC 9110, section 15.5.6).
    """
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    page = above if is_valid_path(above) else ""
    answer = render(request, "405.html", {"page": page}, status=NOT_A_PAGE)
    answer["Allow"] = takes
    return answer


def _someone_else() -> Problem:
    return Problem("busy", _("Someone else is working on this at the moment. Nothing was changed: try again shortly."))


def service_away() -> HttpResponse:
    """The page for a database or broker that does not answer. Rendered without the user, who may be unreadable now."""
    page = HttpResponse(render_to_string("503.html"), status=503)
    page["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return page
