"""What the apps above do inside the same transaction when something happens to a call."""

from collections.abc import Callable
from datetime import datetime

from django.db import models

from calls.models import Call, Corrigendum

# Verb, object, data of one line in the audit chain.
Event = tuple[str, models.Model, dict[str, object]]
Consequence = Callable[[Call, datetime], list[Event]]
Told = Callable[[Corrigendum], None]

_on_assessment_opened: list[Consequence] = []
_on_cancelled: list[Consequence] = []
_on_corrected: list[Told] = []


def when_assessment_opens(consequence: Consequence) -> Consequence:
    """Register what must happen; it answers with the audit events (verb, object, data) it caused."""
    _on_assessment_opened.append(consequence)
    return consequence


def assessment_opened(call: Call, at: datetime) -> list[Event]:
    """Let every registered consequence happen, and collect its audit events."""
    return [event for consequence in _on_assessment_opened for event in consequence(call, at)]


def when_call_is_cancelled(consequence: Consequence) -> Consequence:
    """Register what must happen; it answers with the audit events it caused."""
    _on_cancelled.append(consequence)
    return consequence


def call_cancelled(call: Call, at: datetime) -> list[Event]:
    """Let every registered consequence happen, the highest app's first: lists are held before the files in them."""
    return [event for consequence in reversed(_on_cancelled) for event in consequence(call, at)]


def when_call_is_corrected(told: Told) -> Told:
    """Register who is told of a corrigendum."""
    _on_corrected.append(told)
    return told


def call_corrected(corrigendum: Corrigendum) -> None:
    """Everyone who must know of the corrigendum is told."""
    for told in _on_corrected:
        told(corrigendum)
