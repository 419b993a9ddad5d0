"""What the apps above do inside the same transaction when an application is withdrawn or its correction ends."""

from collections.abc import Callable
from datetime import datetime

from django.db import models

from applications.models import Application, Version

# Verb, object, data of one line in the audit chain.
Event = tuple[str, models.Model, dict[str, object]]
Holder = Callable[[int], None]
Withdrawn = Callable[[Application, datetime], list[Event]]
Corrected = Callable[[Application, Version | None, datetime], list[Event]]

_before_withdrawal: list[Holder] = []
_on_withdrawn: list[Withdrawn] = []
_on_correction_ended: list[Corrected] = []


def before_withdrawal(hold: Holder) -> Holder:
    """Register which rows are locked before the file (application id), so that locks are taken in one order."""
    _before_withdrawal.append(hold)
    return hold


def on_withdrawn(consequence: Withdrawn) -> Withdrawn:
    """Register what follows a withdrawal; it answers with the audit events (verb, object, data) it caused."""
    _on_withdrawn.append(consequence)
    return consequence


def on_correction_ended(consequence: Corrected) -> Corrected:
    """Register what follows the end of a correction: with its new version, or with None when it expired."""
    _on_correction_ended.append(consequence)
    return consequence


def hold_before_withdrawal(application_id: int) -> None:
    """Take the locks of the apps above."""
    for hold in _before_withdrawal:
        hold(application_id)


def withdrawn(application: Application, at: datetime) -> list[Event]:
    """Let every registered consequence happen, and collect its audit events."""
    return [event for consequence in _on_withdrawn for event in consequence(application, at)]


def correction_ended(application: Application, version: Version | None, at: datetime) -> list[Event]:
    """Let every registered consequence happen, and collect its audit events."""
    return [event for consequence in _on_correction_ended for event in consequence(application, version, at)]
