"""The verbs from screening to the end of the reserves; the only writer of their states and lines in the chain."""

from reviews.chain import RecordedAct
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
from reviews.services.desk import assign_file
from reviews.services.drafts import keep_draft_of_list
from reviews.services.external import record_external_step, transmit_proposal
from reviews.services.proposals import freeze_proposal, return_proposal
from reviews.services.refusals import approve_refusal, propose_refusal, return_refusal
from reviews.services.reopening import complete_review, recuse, reopen_review, unlock_review
from reviews.services.reserves import expire_reserves, promote_from_reserve, standing_reserve, waits_on_reserve
from reviews.services.screening import ScreeningInput, admit, answer_items, take_in_screening
from reviews.services.step_definitions import StepDefinition, load_external_steps

__all__ = [
    "CorrectionInput",
    "RecordedAct",
    "ScreeningInput",
    "StepDefinition",
    "admit",
    "answer_items",
    "approve_proposal",
    "approve_refusal",
    "assign_file",
    "assign_reviewer",
    "close_decisions",
    "complete_review",
    "confirm_review",
    "declare_conflict",
    "expire_reserves",
    "freeze_proposal",
    "keep_draft_of_list",
    "load_external_steps",
    "lock_review",
    "notify_decisions",
    "promote_from_reserve",
    "propose_refusal",
    "record_external_step",
    "recuse",
    "reopen_review",
    "request_correction",
    "return_proposal",
    "return_refusal",
    "save_score",
    "settle_doubt",
    "standing_reserve",
    "take_in_screening",
    "transmit_proposal",
    "unlock_review",
    "waits_on_reserve",
]
