"""The messages to applicants about something that happened to their call: one function each, data only."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from applications.models import Application
from calls.models import Corrigendum
from calls.reading import column_words
from portal.mail.services import Message
from portal.organisations.permissions import signatories


def call_cancelled(application: Application) -> Message:
    """To the signatories and to the person who began the application: the call is cancelled, and why.

    A paper application was entered by an officer, who did not apply.
    """
    reason = column_words(application.call, "cancellation_reason", application.language)
    context = {"reason": reason.text, "cancelled_at": application.call.cancelled_at}
    return _message(application, f"call-cancelled:{application.reference}", "applications/call_cancelled", context)


def call_corrected(application: Application, corrigendum: Corrigendum) -> Message:
    """To the same people: what a corrigendum changed, why, and until when they can apply."""
    context = {
        "number": corrigendum.number,
        "is_later": corrigendum.kind == "deadline",
        "closes_at": application.call.closes_at,
        "reason": column_words(corrigendum, "reason", application.language).text,
    }
    key = f"call-corrected:{application.reference}:{corrigendum.number}"
    return _message(application, key, "applications/call_corrected", context)


def _message(application: Application, key: str, template: str, context: Mapping[str, object]) -> Message:
    call = application.call
    beginner = set() if application.is_on_paper else {application.created_by.email}
    with translation.override(application.language):
        page = reverse("calls:call", args=[call.reference])
        shown = {"title": application.shown_title, "call_title": call.title, "reference": application.reference}
    return Message(
        key=key,
        to=sorted({*signatories(application.organisation), *beginner}),
        language=application.language,
        template=template,
        context={**shown, **context, "page_url": f"{settings.BASE_URL}{page}"},
        about=application.audit_name,
        call_reference=call.reference,
    )
