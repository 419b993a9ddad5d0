"""Each act starts from certain steps, and a colleague may have been faster: one sentence for each thing that moves."""

from django.utils.translation import gettext as _

from applications.models import Application
from portal.core.exceptions import Problem
from reviews.models import Assignment, DraftDecision, Proposal


def file_not_in(application: Application, *states: str) -> list[Problem]:
    """The file stands in none of these steps."""
    sentence = _("This file is already in another step: %(state)s.")
    return _elsewhere(application, states, sentence)


def review_not_in(assignment: Assignment, *states: str) -> list[Problem]:
    """The review stands in none of these steps."""
    return _elsewhere(assignment, states, _("This review is in another step: %(state)s."))


def proposal_not_in(proposal: Proposal, *states: str) -> list[Problem]:
    """The list stands in none of these steps."""
    return _elsewhere(proposal, states, _("This proposal is in another step: %(state)s."))


def draft_not_in(draft: DraftDecision, *states: str) -> list[Problem]:
    """The draft of a refusal stands in none of these steps."""
    return _elsewhere(draft, states, _("This draft is already settled: %(state)s."))


def _elsewhere(
    row: Application | Assignment | DraftDecision | Proposal, states: tuple[str, ...], sentence: str
) -> list[Problem]:
    if row.state in states:
        return []
    return [Problem("state", sentence % {"state": row.get_state_display()})]
