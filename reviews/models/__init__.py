"""Screening answers, assignments and scores, proposals with their external steps, decisions."""

from reviews.models.chain import ExternalStep, ProposalStep
from reviews.models.decision import Decision
from reviews.models.desk import FileAssignment
from reviews.models.draft import DraftDecision
from reviews.models.proposal import Proposal, ProposalLine
from reviews.models.review import Assignment, Reopening, Score
from reviews.models.screening import Screener, ScreeningAnswer

__all__ = [
    "Assignment",
    "Decision",
    "DraftDecision",
    "ExternalStep",
    "FileAssignment",
    "Proposal",
    "ProposalLine",
    "ProposalStep",
    "Reopening",
    "Score",
    "Screener",
    "ScreeningAnswer",
]
