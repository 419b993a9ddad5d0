"""What happens to applications when something happens to their call."""

from datetime import datetime

from applications import call_emails
from applications.choices import CANCELLABLE, State
from applications.content import PROJECT_FIELDS
from applications.models import Application
from applications.unsent import parts_never_handed_in, put_the_project_back
from calls.consequences import Event, when_assessment_opens, when_call_is_cancelled, when_call_is_corrected
from calls.models import Call, Corrigendum
from portal.documents.choices import Kind
from portal.documents.services import request_document
from portal.mail.services import post


def lapse_unsent_drafts(call: Call, at: datetime) -> list[Event]:
    """Drafts that were never handed in have lapsed: an effect of opening assessment, never of the clock alone."""
    events: list[Event] = []
    for application in Application.objects.locked().filter(call=call, state=State.DRAFT):
        application.lapse()
        application.save(update_fields=["state"])
        events.append(("application.lapsed", application, {}))
    return events


def set_unsent_changes_aside(call: Call, at: datetime) -> list[Event]:
    """The rows of every file say what its last version says: pages, lists and letters read what was handed in.

    Answers, budget and annexes are read from the version itself everywhere; their later rows stay, and never count.
    """
    events: list[Event] = []
    files = Application.objects.locked().filter(call=call, submitted_at__isnull=False)
    for application in files.select_related("track", "lot", "sector").prefetch_related("goals", "versions"):
        application.call = call
        version = list(application.versions.all())[-1]
        parts = parts_never_handed_in(application, version)
        if not parts:
            continue
        put_the_project_back(application, version)
        application.set_changes_aside(at=at)
        application.save(update_fields=[*PROJECT_FIELDS, "set_aside_at"])
        facts: dict[str, object] = {"version": version.number, "parts": parts}
        events.append(("application.changes_set_aside", application, facts))
    return events


def cancel_with_the_call(call: Call, at: datetime) -> list[Event]:
    """Every application that is not final is cancelled with its call, and its applicant is told, drafts included.

    Where nobody of the organisation can be mailed, a letter says the same by post.
    """
    events: list[Event] = []
    rows = Application.objects.locked().filter(call=call, state__in=CANCELLABLE)
    for application in rows.select_related("organisation", "created_by"):
        before = application.state
        application.call = call
        application.cancel_with_call()
        application.save(update_fields=["state"])
        if application.is_told_by_post:
            request_document(Kind.CALL_CANCELLED, of=application, language=application.language)
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
    when_assessment_opens(set_unsent_changes_aside)
