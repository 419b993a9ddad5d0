"""The messages about an application: one function each, data only."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from applications.models import Version
from portal.mail.services import Message
from portal.organisations.permissions import signatories


def receipt(version: Version, *, code: str) -> Message:
    """To the signatories and to the person who submitted: what was received, when, and how to check it."""
    application = version.application
    with translation.override(application.language):
        page = reverse("applications:submitted", args=[application.reference])
        call_title = application.call.title
    return Message(
        key=f"receipt:{application.reference}:{version.number}",
        to=sorted({*signatories(application.organisation), version.submitted_by.email}),
        language=application.language,
        template="applications/receipt",
        context={
            "application_title": application.title,
            "call_title": call_title,
            "reference": application.reference,
            "received_at": version.submitted_at,
            "receipt_number": version.receipt_number,
            "verify_url": f"{settings.BASE_URL}/verify/{code}/",
            "page_url": f"{settings.BASE_URL}{page}",
        },
        about=application.audit_name,
        call_reference=application.call.reference,
    )
