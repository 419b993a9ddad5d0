"""Where the apps above say how to fill each kind of letter, and who may see which document."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Content:
    """All that a letter says, taken from the files at the moment it is asked for.

    `data` has the facts in the letter's language (docs/process.md, section 8). `about` names the object as the event
    chain does; `call_reference` and `year` tell which auditor's mandate covers it; `party` is the addressee's name.
    """

    number: str
    title: str
    about: str
    call_reference: str
    year: int
    party: str
    outcome: str
    amount: Decimal | None
    data: dict[str, Any]


Builder = Callable[[Any], Content]
Rule = Callable[[Any], Q]

_builders: dict[str, Builder] = {}
_visibility: list[Rule] = []


def register_builder(kind: str, build: Builder) -> None:
    """`build` gives the content of the letters of this kind."""
    _builders[kind] = build


def builder_of(kind: str) -> Builder:
    """The function that fills letters of this kind; KeyError when no app has registered one."""
    return _builders[kind]


def register_visibility(rule: Rule) -> None:
    """Add a rule: user to the condition on documents that this user may see."""
    _visibility.append(rule)


def visibility_rules() -> list[Rule]:
    """Every registered rule; they are joined by OR."""
    return list(_visibility)
