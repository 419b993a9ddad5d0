"""The messages of the assessment: data only; an outcome stays out of the subject."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from applications.models import Correction
from portal.mail.services import Message
from portal.organisations.permissions import signatories
from reviews.models import Decision


def decision_notified(decision: Decision) -> Message:
    """To the signatories: the decision is there, and where to read and check it."""
    application, document = decision.application, decision.document
    if document is None:
        raise ValueError("A decision is announced when its letter is asked for, never before.")
    with translation.override(application.language):
        page = reverse("applications:task_list", args=[application.reference])
        call_title = application.call.title
    return Message(
        key=f"decision:{decision.number}",
        to=signatories(application.organisation),
        language=application.language,
        template="reviews/decision_notified",
        context={
            "application_title": application.title,
            "call_title": call_title,
            "reference": application.reference,
            "outcome": str(decision.outcome),
            "decision_number": decision.number,
            "verify_url": f"{settings.BASE_URL}/verify/{document.code}/",
            "page_url": f"{settings.BASE_URL}{page}",
        },
        about=application.audit_name,
        call_reference=application.call.reference,
    )


def correction_requested(correction: Correction, *, code: str) -> Message:
    """To the signatories: something is missing, until when it is awaited, and where to mend it."""
    application = correction.application
    with translation.override(application.language):
        page = reverse("applications:task_list", args=[application.reference])
        call_title = application.call.title
    return Message(
        key=f"correction:{correction.number}",
        to=signatories(application.organisation),
        language=application.language,
        template="reviews/correction_requested",
        context={
            "application_title": application.title,
            "call_title": call_title,
            "reference": application.reference,
            "correction_number": correction.number,
            "due_at": correction.due_at,
            "verify_url": f"{settings.BASE_URL}/verify/{code}/",
            "page_url": f"{settings.BASE_URL}{page}",
        },
        about=application.audit_name,
        call_reference=application.call.reference,
    )
