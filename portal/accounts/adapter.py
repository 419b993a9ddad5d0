"""Fits the sign-in library to the house: no self-registration yet, and its mails go through our own rows."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from portal.accounts.emails import password_reset
from portal.accounts.models import User
from portal.mail.services import post


class AccountAdapter(DefaultAccountAdapter):
    """What sign-in asks of the portal."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator or an invitation."""
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The link to choose a new password is a row of the mail log, in the language of the person."""
        post(password_reset(user, uid=context["uid"], token=context["key"]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is sent past the mail log: a message that the library wants must first be written by us."""
        raise NotImplementedError(f"Write {template_prefix} as a function in portal/accounts/emails.py.")
