"""What an app hands over to be mailed, and how it becomes a subject, a text and a page. No rows here."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import override

SUBJECT_LENGTH = 300


@dataclass(frozen=True)
class Message:
    """One message to some addresses. `key` says which message it is; posting the same key again changes nothing.

    `template` names templates/emails/<template>.subject.txt, .txt and, if there is one, .html. `about` names the object
    as the event chain does; `call_reference` tells whose mail log it belongs to.
    """

    key: str
    to: list[str]
    language: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    about: str = ""
    call_reference: str = ""


class Written(NamedTuple):
    """A message in words."""

    subject: str
    text: str
    html: str


def write(message: Message) -> Written:
    """The message in its language. The subject is one line, whatever a title holds."""
    frame = {"portal_url": settings.BASE_URL, "language": message.language, "is_demo": settings.DEMO}
    context = {**frame, **message.context}
    with override(message.language):
        subject = " ".join(_plain(f"emails/{message.template}.subject.txt", context).split())
        text = _plain(f"emails/{message.template}.txt", context)
        try:
            html = get_template(f"emails/{message.template}.html").render({**context, "subject": subject})
        except TemplateDoesNotExist:
            html = ""
    return Written(subject[:SUBJECT_LENGTH], text.strip() + "\n", html)


def _plain(name: str, context: dict[str, Any]) -> str:
    """A text template is text: its values are not written as HTML."""
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=False)))
