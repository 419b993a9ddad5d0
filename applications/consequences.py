"""What happens to applications when something happens to their call."""

from datetime import datetime

from applications import call_emails
from applications.choices import CANCELLABLE, State
from applications.models import Application
from calls.consequences import Event, when_assessment_opens, when_call_is_cancelled, when_call_is_corrected
from calls.models import Call, Corrigendum
from portal.mail.services import post


def lapse_unsent_drafts(call: Call, at: datetime) -> list[Event]:
    """Drafts that were never handed in have lapsed: an effect of opening assessment, never of the clock alone."""
    events: list[Event] = []
    for application in Application.objects.locked().filter(call=call, state=State.DRAFT):
        application.lapse()
        application.save(update_fields=["state"])
        events.append(("application.lapsed", application, {}))
    return events


def cancel_with_the_call(call: Call, at: datetime) -> list[Event]:
    """Every application that is not final is cancelled with its call, and its applicant is told, drafts included."""
    events: list[Event] = []
    rows = Application.objects.locked().filter(call=call, state__in=CANCELLABLE)
    for application in rows.select_related("organisation", "created_by"):
        before = application.state
        application.call = call
        application.cancel_with_call()
        application.save(update_fields=["state"])
        post(call_emails.call_cancelled(application))
        events.append(("application.call_cancelled", application, {"before": str(before)}))
    return events


def tell_of_the_corrigendum(corrigendum: Corrigendum) -> None:
    """Whoever can still hand in, or hand in again, is told what has changed."""
    call = corrigendum.call
    rows = Application.objects.filter(call=call, state__in=[State.DRAFT, State.SUBMITTED])
    for application in rows.select_related("organisation", "created_by").order_by("pk"):
        application.call = call
        post(call_emails.call_corrected(application, corrigendum))


def register() -> None:
    """Listen to the calls."""
    when_call_is_cancelled(cancel_with_the_call)
    when_call_is_corrected(tell_of_the_corrigendum)
    when_assessment_opens(lapse_unsent_drafts)
