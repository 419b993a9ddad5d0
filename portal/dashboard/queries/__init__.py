"""What waits for a person, one module per kind of role; a role that is not held asks the database nothing."""

from datetime import datetime
from typing import Any

from portal.dashboard.groups import Group
from portal.dashboard.queries.administrator import for_administrator
from portal.dashboard.queries.applicant import for_applicant
from portal.dashboard.queries.auditor import for_auditor
from portal.dashboard.queries.officer import for_officer
from portal.dashboard.queries.reviewer import for_reviewer
from portal.dashboard.queries.unit_head import for_unit_head
from portal.organisations.permissions import is_applicant


def waiting_for(user: Any, *, at: datetime) -> list[Group]:
    """The groups of every role the person holds now; an auditor, who only reads, gets the reading pages alone."""
    if user.is_auditor:
        return for_auditor(user)
    groups: list[Group] = []
    if user.is_unit_head:
        groups += for_unit_head(user)
    if user.is_officer:
        groups += for_officer(user, at=at)
    if user.is_reviewer:
        groups += for_reviewer(user)
    if is_applicant(user):
        groups += for_applicant(user, at=at)
    if user.is_administrator:
        groups += for_administrator()
    return [group for group in groups if group.lines]
