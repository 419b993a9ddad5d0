"""Tells the calls how many applications they have, by state: what the desk may know while the files are sealed; and
when the last applicant was told of a decision, through the portal or by post.
"""

from datetime import date, datetime, time

from django.db.models import Count, Max

from applications.choices import State
from applications.models import Sending
from calls.models import Call
from calls.registry import Counts, register_counts, register_last_notice
from portal.core.dates import BRUSSELS
from portal.documents.choices import DECISIONS


def applications_by_state(call: Call) -> Counts:
    """Drafts and submitted applications always; each further state once a file has reached it."""
    found = dict(call.applications.order_by().values_list("state").annotate(Count("pk")))
    shown = [state for state in State if state in {State.DRAFT, State.SUBMITTED} or found.get(state)]
    return [(str(state.label), found.get(state, 0)) for state in shown]


def last_notified(call: Call) -> datetime | None:
    """The last moment at which an applicant of the call was told of a decision."""
    last: datetime | None = call.applications.aggregate(last=Max("notified_at"))["last"]
    return last


def last_posted(call: Call) -> datetime | None:
    """The end of the last day on which a decision of the call went by post: the appeal period runs from it."""
    letters = Sending.objects.filter(document__call_reference=call.reference, document__kind__in=DECISIONS)
    day: date | None = letters.aggregate(last=Max("sent_on"))["last"]
    return datetime.combine(day, time.max, tzinfo=BRUSSELS) if day else None


def register() -> None:
    """Add these to the registries of the calls."""
    register_counts(applications_by_state)
    register_last_notice(last_notified)
    register_last_notice(last_posted)
