"""Who may do what with a call (docs/access.md)."""

import rules

from calls.models import Call, Corrigendum
from portal.accounts.choices import Role
from portal.accounts.models import Unit, User
from portal.accounts.permissions import is_administrator, is_auditor, is_officer, is_unit_head


@rules.predicate
def is_officer_of_the_unit(user: User, call: Call | None) -> bool:
    """Holds an officer's appointment in the unit that owns the call."""
    return call is not None and user.is_authenticated and call.unit_id in user.units_as(Role.OFFICER)


@rules.predicate
def heads_the_unit(user: User, call: Call | None) -> bool:
    """Heads the unit that owns the call."""
    return call is not None and user.is_authenticated and call.unit_id in user.units_as(Role.UNIT_HEAD)


@rules.predicate
def did_not_propose_it(user: User, call: Call | None) -> bool:
    """Nobody publishes what they proposed themselves."""
    return call is not None and call.proposed_by_id != user.pk


@rules.predicate
def drafts_for_the_unit(user: User, unit: Unit | None) -> bool:
    """Holds an officer's appointment in this unit."""
    return unit is not None and user.is_authenticated and unit.pk in user.units_as(Role.OFFICER)


@rules.predicate
def heads_the_unit_of_the_corrigendum(user: User, corrigendum: Corrigendum | None) -> bool:
    """Heads the unit that owns the corrected call."""
    return corrigendum is not None and heads_the_unit(user, corrigendum.call)


@rules.predicate
def works_on_the_corrigendum(user: User, corrigendum: Corrigendum | None) -> bool:
    """Holds an officer's appointment in the unit that owns the corrected call."""
    return corrigendum is not None and is_officer_of_the_unit(user, corrigendum.call)


@rules.predicate
def did_not_write_the_corrigendum(user: User, corrigendum: Corrigendum | None) -> bool:
    """Nobody confirms what they proposed themselves."""
    return corrigendum is not None and corrigendum.proposed_by_id != user.pk


def load() -> None:
    """Register the table of permissions."""
    rules.add_perm("calls.see_desk", is_officer | is_unit_head | is_auditor | is_administrator)
    rules.add_perm("calls.draft_call", drafts_for_the_unit)
    rules.add_perm("calls.propose_publication", is_officer_of_the_unit)
    rules.add_perm("calls.return_to_draft", heads_the_unit)
    rules.add_perm("calls.publish_call", heads_the_unit & did_not_propose_it)
    rules.add_perm("calls.open_assessment", is_officer_of_the_unit)
    rules.add_perm("calls.cancel_call", heads_the_unit)
    rules.add_perm("calls.archive_call", is_officer_of_the_unit)
    rules.add_perm("calls.extend_deadline", heads_the_unit)
    rules.add_perm("calls.propose_corrigendum", is_officer_of_the_unit)
    rules.add_perm("calls.issue_corrigendum", heads_the_unit_of_the_corrigendum & did_not_write_the_corrigendum)
    rules.add_perm("calls.discard_corrigendum", heads_the_unit_of_the_corrigendum | works_on_the_corrigendum)
