"""Pages of the assessment: work list, case file, own reviews, proposal board."""

from reviews.views.board import board, boards, close, freeze
from reviews.views.casefile import file_annex, file_application, file_history
from reviews.views.decisions import approve, notify, return_proposal
from reviews.views.gate import gate, my_reviews
from reviews.views.letters import letters
from reviews.views.reviewers import assign, file_reviews, settle_doubt
from reviews.views.scoring import lock, review
from reviews.views.screening import admit, file, screen, take
from reviews.views.worklist import work_list

__all__ = [
    "admit",
    "approve",
    "assign",
    "board",
    "boards",
    "close",
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
    "return_proposal",
    "review",
    "screen",
    "settle_doubt",
    "take",
    "work_list",
]
