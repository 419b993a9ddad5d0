"""Where the apps above say how to fill each kind of letter, and who may see which document."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q


@dataclass(frozen=True)
class Content:
    """All that a letter says, taken from the files at the moment it is asked for.

    `data` has the facts in the letter's language (docs/process.md, section 8). `about` names the object as the event
    chain does; `call_reference` tells whose register it belongs to; `year` is that of the letter, in Brussels; `party` is
    the addressee's name.
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


@dataclass(frozen=True)
class Happening:
    """One line for the event chain, written by the system when all else of the transaction is."""

    verb: str
    on: models.Model
    data: dict[str, Any]


Builder = Callable[[Any], Content]
# The document that was just sealed and the moment: what the app above did in the same transaction, for the chain.
Consequence = Callable[[Any, datetime], list[Happening]]
Rule = Callable[[Any], Q]

_builders: dict[str, Builder] = {}
_consequences: dict[str, Consequence] = {}
_visibility: list[Rule] = []


def register_builder(kind: str, build: Builder) -> None:
    """`build` gives the content of the letters of this kind."""
    _builders[kind] = build


def builder_of(kind: str) -> Builder:
    """The function that fills letters of this kind; KeyError when no app has registered one."""
    return _builders[kind]


def on_sealed(kind: str, follow: Consequence) -> None:
    """`follow` runs in the transaction that seals a letter of this kind: both stand, or neither does.

    It may run for the same document more than once in the life of a portal and then changes nothing.
    """
    _consequences[kind] = follow


def follow_seal(kind: str, document: Any, at: datetime) -> list[Happening]:
    """What follows from the seal has been done; returns what the chain shall say of it."""
    follow = _consequences.get(kind)
    return follow(document, at) if follow else []


def register_visibility(rule: Rule) -> None:
    """Add a rule: user to the condition on documents that this user may see."""
    _visibility.append(rule)


def visibility_rules() -> list[Rule]:
    """Every registered rule; they are joined by OR."""
    return list(_visibility)
