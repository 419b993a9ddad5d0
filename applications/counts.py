"""Tells the calls how many applications they have, by state: what the desk may know while the files are sealed; and
when the last applicant was told of a decision.
"""

from datetime import datetime

from django.db.models import Count, Max

from applications.choices import State
from calls.models import Call
from calls.registry import Counts, register_counts, register_last_notice


def applications_by_state(call: Call) -> Counts:
    """Drafts and submitted applications always; each further state once a file has reached it."""
    found = dict(call.applications.order_by().values_list("state").annotate(Count("pk")))
    shown = [state for state in State if state in {State.DRAFT, State.SUBMITTED} or found.get(state)]
    return [(str(state.label), found.get(state, 0)) for state in shown]


def last_notified(call: Call) -> datetime | None:
    """The last moment at which an applicant of the call was told of a decision."""
    last: datetime | None = call.applications.aggregate(last=Max("notified_at"))["last"]
    return last


def register() -> None:
    """Add these to the registries of the calls."""
    register_counts(applications_by_state)
    register_last_notice(last_notified)
