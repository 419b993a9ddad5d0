"""What the apps above do inside the same transaction when something happens to a call."""

from collections.abc import Callable
from datetime import datetime

from django.db import models

from calls.models import Call

# Verb, object, data of one line in the audit chain.
Event = tuple[str, models.Model, dict[str, object]]
Consequence = Callable[[Call, datetime], list[Event]]

_on_assessment_opened: list[Consequence] = []


def when_assessment_opens(consequence: Consequence) -> Consequence:
    """Register what must happen; it answers with the audit events (verb, object, data) it caused."""
    _on_assessment_opened.append(consequence)
    return consequence


def assessment_opened(call: Call, at: datetime) -> list[Event]:
    """Let every registered consequence happen, and collect its audit events."""
    return [event for consequence in _on_assessment_opened for event in consequence(call, at)]
