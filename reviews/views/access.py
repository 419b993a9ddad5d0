"""Finds what a page of the desk is about: 403 for whoever has no desk, 404 for another unit's file or call."""

from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest

from applications.models import Application
from calls.models import Call
from portal.core.gate import may, require, visible_or_404
from reviews.desk import files_on_the_desk, rankings_on_the_desk


def file_of_the_desk(request: HttpRequest, reference: str, *with_parts: str | Prefetch) -> Application:
    """The file among those the person works on or reads; `with_parts` are read along with it."""
    require(request.user, "reviews.see_files")
    rows = files_on_the_desk(request.user).select_related(
        *("call", "organisation", "track", "lot", "correction", "scan", "file_assignment__officer")
    )
    return visible_or_404(rows.prefetch_related(*with_parts), request.user, reference=reference)


def call_of_the_desk(request: HttpRequest, reference: str) -> Call:
    """The call among those whose ranking the person works on or reads: none in which they have a tie to a file."""
    require(request.user, "reviews.see_files")
    rows = rankings_on_the_desk(request.user).select_related("envelope", "unit")
    return visible_or_404(rows, request.user, reference=reference)


def can(request: HttpRequest, permission: str, on: models.Model | None) -> bool:
    """Whether the page offers the act: the person may do it, and is not here to read under a mandate."""
    return not request.user.is_auditor and may(request.user, permission, on)
