"""The verbs from screening to notification; the only writer of their states and of their lines in the chain."""

from reviews.services.assessment import (
    assign_reviewer,
    declare_conflict,
    lock_review,
    save_score,
    settle_doubt,
)
from reviews.services.decisions import approve_proposal, close_decisions, notify_decisions
from reviews.services.desk import assign_file
from reviews.services.proposals import freeze_proposal, return_proposal
from reviews.services.screening import ScreeningInput, admit, answer_items, take_in_screening

__all__ = [
    "ScreeningInput",
    "admit",
    "answer_items",
    "approve_proposal",
    "assign_file",
    "assign_reviewer",
    "close_decisions",
    "declare_conflict",
    "freeze_proposal",
    "lock_review",
    "notify_decisions",
    "return_proposal",
    "save_score",
    "settle_doubt",
    "take_in_screening",
]
