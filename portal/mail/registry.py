"""Where the apps above say which mails their roles may see, apart from a person's own, and what their mails are called."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

Rule = Callable[[Any], Q]

_visibility: list[Rule] = []
_templates: dict[str, str | Promise] = {}


def register_visibility(rule: Rule) -> None:
    """Add a rule: user to the condition on mails that this user may see."""
    _visibility.append(rule)


def visibility_rules() -> list[Rule]:
    """Every registered rule; they are joined by OR."""
    return list(_visibility)


def register_templates(words: Mapping[str, str | Promise]) -> None:
    """Give the mails of an app their words, such as {"applications/receipt": _("Receipt")}."""
    _templates.update(words)


def template_label(template: str) -> str:
    """What a mail made from this template is called; the name of the template when no app has named it."""
    return str(_templates.get(template, template))
