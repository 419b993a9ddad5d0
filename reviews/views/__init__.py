"""Pages of the assessment: work list, case file, own reviews, proposal board."""

from reviews.views.board import board, boards, close
from reviews.views.casefile import file_annex, file_application, file_history
from reviews.views.choosing import freeze
from reviews.views.corrections import ask_correction, confirm
from reviews.views.decisions import approve, notify, return_proposal
from reviews.views.external import record_step, step_scan, transmit
from reviews.views.gate import gate, my_reviews
from reviews.views.letters import letters
from reviews.views.officers import assign_file
from reviews.views.paper import paper, paper_calls
from reviews.views.period import record_period
from reviews.views.post import post_list, record_sending
from reviews.views.refusals import refusal, refuse, return_refusal
from reviews.views.reopening import complete, recuse, reopen, unlock
from reviews.views.reserves import promote
from reviews.views.reviewers import assign, file_reviews, settle_doubt
from reviews.views.scoring import lock, review
from reviews.views.screening import admit, file, screen, take
from reviews.views.worklist import work_list

__all__ = [
    "admit",
    "approve",
    "ask_correction",
    "assign",
    "assign_file",
    "board",
    "boards",
    "close",
    "complete",
    "confirm",
    "file",
    "file_annex",
    "file_application",
    "file_history",
    "file_reviews",
    "freeze",
    "gate",
    "letters",
    "lock",
    "my_reviews",
    "notify",
    "paper",
    "paper_calls",
    "post_list",
    "promote",
    "record_period",
    "record_sending",
    "record_step",
    "recuse",
    "refusal",
    "refuse",
    "reopen",
    "return_proposal",
    "return_refusal",
    "review",
    "screen",
    "settle_doubt",
    "step_scan",
    "take",
    "transmit",
    "unlock",
    "work_list",
]
