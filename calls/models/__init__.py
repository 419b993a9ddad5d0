"""The call and everything it announces: the rules, the form, the calendar."""

from calls.models.call import Call, Envelope
from calls.models.corrigendum import Corrigendum
from calls.models.form import AnnexRequirement, Choice, Question, Section
from calls.models.rules import (
    BudgetHeading,
    CalendarEntry,
    Criterion,
    GrantCondition,
    Lot,
    ScreeningItem,
    Track,
)

__all__ = [
    "AnnexRequirement",
    "BudgetHeading",
    "CalendarEntry",
    "Call",
    "Choice",
    "Corrigendum",
    "Criterion",
    "Envelope",
    "GrantCondition",
    "Lot",
    "Question",
    "ScreeningItem",
    "Section",
    "Track",
]
