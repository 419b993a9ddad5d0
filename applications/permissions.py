"""Who may do what with an application (docs/access.md)."""

import rules

from applications.models import Application
from portal.accounts.models import User
from portal.accounts.permissions import is_person
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


def load() -> None:
    """Register the table of permissions."""
    rules.add_perm("applications.see_own", is_person & applies_for_somebody)
    rules.add_perm("applications.start_application", is_person & writes_for)
    rules.add_perm("applications.edit_application", is_person & belongs_to_it)
    rules.add_perm("applications.submit_application", is_person & signs_for_it)
