"""Fits the sign-in library to the house: no self-registration yet, and its mails go through our own rows."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.accounts.emails import from_sign_in
from portal.accounts.models import User
from portal.mail.services import post


class AccountAdapter(DefaultAccountAdapter):
    """What sign-in asks of the portal."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator or an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the message as a row of the mail log, in the language of the person."""
        user = User.objects.filter(email=email.lower()).first()
        post(
            from_sign_in(
                template=template_prefix,
                to=email,
                language=user.language if user else (get_language() or "fr"),
                key=f"account:{uuid.uuid4()}",
                context={name: value for name, value in context.items() if name in {"password_reset_url", "email"}},
            )
        )
