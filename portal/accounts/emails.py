"""Messages about the account itself."""

from typing import Any

from portal.mail.services import Message


def from_sign_in(*, template: str, to: str, language: str, key: str, context: dict[str, Any]) -> Message:
    """A message that the sign-in library asks for, such as the link to choose a new password."""
    return Message(key=key, to=[to], language=language, template=template, context=context)
