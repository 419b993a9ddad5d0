"""What happens to applications when something happens to their call."""

from datetime import datetime

from applications.choices import State
from applications.models import Application
from calls.consequences import Event, when_assessment_opens
from calls.models import Call


def lapse_unsent_drafts(call: Call, at: datetime) -> list[Event]:
    """Drafts that were never handed in have lapsed: an effect of opening assessment, never of the clock alone."""
    events: list[Event] = []
    for application in Application.objects.locked().filter(call=call, state=State.DRAFT):
        application.lapse()
        application.save(update_fields=["state"])
        events.append(("application.lapsed", application, {}))
    return events


def register() -> None:
    """Listen to the calls."""
    when_assessment_opens(lapse_unsent_drafts)
