"""Where the apps above say which mails their roles may see, apart from a person's own."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

Rule = Callable[[Any], Q]

_visibility: list[Rule] = []


def register_visibility(rule: Rule) -> None:
    """Add a rule: user to the condition on mails that this user may see."""
    _visibility.append(rule)


def visibility_rules() -> list[Rule]:
    """Every registered rule; they are joined by OR."""
    return list(_visibility)
