"""Tells the calls how many applications they have, by state: what the desk may know while the files are sealed."""

from django.db.models import Count

from applications.choices import State
from calls.models import Call
from calls.registry import Counts, register_counts


def applications_by_state(call: Call) -> Counts:
    """Drafts and submitted applications always; each further state once a file has reached it."""
    found = dict(call.applications.order_by().values_list("state").annotate(Count("pk")))
    shown = [state for state in State if state in {State.DRAFT, State.SUBMITTED} or found.get(state)]
    return [(str(state.label), found.get(state, 0)) for state in shown]


def register() -> None:
    """Add this counter to the registry of the calls."""
    register_counts(applications_by_state)
