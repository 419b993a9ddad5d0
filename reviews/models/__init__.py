"""Screening answers, assignments and scores, proposals and decisions."""

from reviews.models.decision import Decision, Proposal, ProposalLine
from reviews.models.desk import FileAssignment
from reviews.models.draft import DraftDecision
from reviews.models.review import Assignment, Reopening, Score
from reviews.models.screening import Screener, ScreeningAnswer

__all__ = [
    "Assignment",
    "Decision",
    "DraftDecision",
    "FileAssignment",
    "Proposal",
    "ProposalLine",
    "Reopening",
    "Score",
    "Screener",
    "ScreeningAnswer",
]
