"""Screening answers, assignments and scores, proposals and decisions."""

from reviews.models.decision import Decision, Proposal, ProposalLine
from reviews.models.draft import DraftDecision
from reviews.models.review import Assignment, Reopening, Score
from reviews.models.screening import ScreeningAnswer

__all__ = [
    "Assignment",
    "Decision",
    "DraftDecision",
    "Proposal",
    "ProposalLine",
    "Reopening",
    "Score",
    "ScreeningAnswer",
]
