"""The verbs from screening to notification; the only writer of their states and of their lines in the chain."""

from reviews.readiness import CorrectionInput
from reviews.services.assessment import (
    assign_reviewer,
    declare_conflict,
    lock_review,
    save_score,
    settle_doubt,
)
from reviews.services.corrections import confirm_review, request_correction
from reviews.services.decisions import approve_proposal, close_decisions, notify_decisions
from reviews.services.proposals import freeze_proposal, return_proposal
from reviews.services.screening import ScreeningInput, admit, answer_items, take_in_screening

__all__ = [
    "CorrectionInput",
    "ScreeningInput",
    "admit",
    "answer_items",
    "approve_proposal",
    "assign_reviewer",
    "close_decisions",
    "confirm_review",
    "declare_conflict",
    "freeze_proposal",
    "lock_review",
    "notify_decisions",
    "request_correction",
    "return_proposal",
    "save_score",
    "settle_doubt",
    "take_in_screening",
]
