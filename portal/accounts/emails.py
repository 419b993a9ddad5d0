"""Messages about the account itself."""

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.mail.services import Message


def password_reset(person: User, *, uid: str, token: str) -> Message:
    """To the person: the link with which they choose a new password. Every request is a mail of its own.

    The link leads to the portal's own address, whatever host the request named.
    """
    with translation.override(person.language):
        page = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    return Message(
        key=f"password-reset:{uuid.uuid4()}",
        to=[person.email],
        language=person.language,
        template="accounts/password_reset",
        context={"page_url": f"{settings.BASE_URL}{page}"},
        about=person.audit_name,
    )
