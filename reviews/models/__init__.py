"""Screening answers, assignments and scores, proposals and decisions."""

from reviews.models.decision import Decision, Proposal, ProposalLine
from reviews.models.desk import FileAssignment
from reviews.models.review import Assignment, Score
from reviews.models.screening import ScreeningAnswer

__all__ = ["Assignment", "Decision", "FileAssignment", "Proposal", "ProposalLine", "Score", "ScreeningAnswer"]
