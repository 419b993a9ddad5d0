"""The messages about an application: one function each, data only."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from applications.models import Application, Version
from portal.accounts.models import User
from portal.mail.services import Message
from portal.organisations.permissions import signatories


def receipt(version: Version, *, code: str) -> Message:
    """To the signatories and to the person who submitted: what was received, when, and how to check it.

    A paper application was entered by an officer, who needs no mail; with nobody to write to, the letter goes by post.
    """
    return _about_version(version, code=code, name="receipt")


def correction_received(version: Version, *, code: str) -> Message:
    """To the same people: the correction arrived, and how to check its receipt."""
    return _about_version(version, code=code, name="correction_received")


def withdrawn(application: Application, *, by: User) -> Message:
    """To the signatories and to the person who withdrew: the application takes no further part."""
    with translation.override(application.language):
        page = application.get_absolute_url()
        call_title = application.call.title
    return Message(
        key=f"withdrawn:{application.reference}",
        to=sorted({*signatories(application.organisation), by.email}),
        language=application.language,
        template="applications/withdrawn",
        context={
            "application_title": application.shown_title,
            "call_title": call_title,
            "reference": application.reference,
            "withdrawn_at": application.withdrawn_at,
            "page_url": f"{settings.BASE_URL}{page}",
        },
        about=application.audit_name,
        call_reference=application.call.reference,
    )


def _about_version(version: Version, *, code: str, name: str) -> Message:
    application = version.application
    sender = set() if application.is_on_paper else {version.submitted_by.email}
    with translation.override(application.language):
        page = reverse("applications:submitted", args=[application.reference])
        call_title = application.call.title
    return Message(
        key=f"receipt:{application.reference}:{version.number}",
        to=sorted({*signatories(application.organisation), *sender}),
        language=application.language,
        template=f"applications/{name}",
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
