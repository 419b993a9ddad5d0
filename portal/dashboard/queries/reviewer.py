"""What waits for a reviewer: declarations first, then reviews under way."""

from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.choices import CalendarKind
from calls.models import CalendarEntry
from portal.core.dates import long_day
from portal.dashboard.groups import Group, file_line, whole
from reviews.choices import AssignmentState
from reviews.models import Assignment

OPEN = [AssignmentState.ASSIGNED, AssignmentState.DOUBT, AssignmentState.IN_PROGRESS]


def for_reviewer(user: Any) -> list[Group]:
    """The reviewer's open assignments; before the declaration only the reference and the title are shown."""
    terms = Prefetch(
        "application__call__calendar",
        CalendarEntry.objects.filter(kind=CalendarKind.ASSESSMENT_UNTIL),
        to_attr="assessment_terms",
    )
    open_or_stale = Q(state__in=OPEN) | Q(is_stale=True)
    rows = Assignment.objects.of_the_reviewer(user).filter(open_or_stale).select_related("application__call")
    found = list(rows.order_by("assigned_at", "pk").prefetch_related(terms))
    return [
        _group(_("Declarations awaited"), found, AssignmentState.ASSIGNED, "reviews:gate"),
        _group(_("Reviews in progress"), found, AssignmentState.IN_PROGRESS, "reviews:review"),
        _group(_("Reviews to confirm after a correction"), found, AssignmentState.LOCKED, "reviews:confirm"),
        _group(_("With the head of unit"), found, AssignmentState.DOUBT, ""),
    ]


def _group(title: str, rows: list[Assignment], state: AssignmentState, url_name: str) -> Group:
    lines = [
        file_line(
            row.application,
            reverse(url_name, args=[row.pk]) if url_name else "",
            _term(row),
            row.get_state_display(),
            "warn" if state == AssignmentState.ASSIGNED else "info",
        )
        for row in rows
        if row.state == state
    ]
    return whole(title, lines)


def _term(row: Any) -> str:
    terms = row.application.call.assessment_terms
    if not terms:
        return str(row.application.call.reference)
    shown = {
        "call": row.application.call.reference,
        "day": long_day(terms[0].on or terms[0].at, get_language() or "fr"),
    }
    return _("%(call)s, to be finished by %(day)s") % shown
