"""Who may do what with an application (docs/access.md)."""

import rules

from applications.models import Application
from calls.models import Call
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.accounts.permissions import is_officer, is_person
from portal.organisations.models import Organisation
from portal.organisations.permissions import is_applicant, is_member_of, is_owner_of


@rules.predicate
def applies_for_somebody(user: User) -> bool:
    """Belongs to an organisation."""
    return is_applicant(user)


@rules.predicate
def writes_for(user: User, organisation: Organisation | None) -> bool:
    """Belongs to this organisation."""
    return organisation is not None and is_member_of(user, organisation.pk)


@rules.predicate
def belongs_to_it(user: User, application: Application | None) -> bool:
    """Belongs to the organisation that applies."""
    return application is not None and is_member_of(user, application.organisation_id)


@rules.predicate
def signs_for_it(user: User, application: Application | None) -> bool:
    """Is the signatory of the organisation that applies."""
    return application is not None and is_owner_of(user, application.organisation_id)


@rules.predicate
def works_on_the_call(user: User, call: Call | None) -> bool:
    """Is an officer of the unit that owns the call."""
    return call is not None and call.unit_id in user.units_as(Role.OFFICER)


@rules.predicate
def posts_for_the_unit(user: User, application: Application | None) -> bool:
    """Is an officer of the unit that owns the call, and does not belong to the applicant."""
    if application is None or is_member_of(user, application.organisation_id):
        return False
    return application.call.unit_id in user.units_as(Role.OFFICER)


def load() -> None:
    """Register the table of permissions."""
    rules.add_perm("applications.see_own", is_person & applies_for_somebody)
    rules.add_perm("applications.start_application", is_person & writes_for)
    rules.add_perm("applications.edit_application", is_person & belongs_to_it)
    rules.add_perm("applications.submit_application", is_person & signs_for_it)
    rules.add_perm("applications.correct_application", is_person & signs_for_it)
    rules.add_perm("applications.withdraw_application", is_person & signs_for_it)
    rules.add_perm("applications.register_paper", is_officer & works_on_the_call)
    rules.add_perm("applications.record_period", is_officer & posts_for_the_unit)
    rules.add_perm("applications.record_sending", is_officer & posts_for_the_unit)
