"""Who belongs to which organisation: the questions that the apps above build their rules on."""

from typing import Any

import rules

from portal.accounts.permissions import is_officer
from portal.organisations.choices import MemberRole
from portal.organisations.models import Organisation


def organisations_of(user: Any) -> dict[int, str]:
    """Organisation id to role, for every membership of the user; read once per request."""
    if not user.is_authenticated or user.has_memberships is False:
        return {}
    if "memberships_now" not in user.__dict__:
        user.__dict__["memberships_now"] = dict(user.memberships.values_list("organisation_id", "role"))
    found: dict[int, str] = user.__dict__["memberships_now"]
    return found


def is_member_of(user: Any, organisation_id: int) -> bool:
    """Belongs to the organisation, as its signatory or as a member."""
    return organisation_id in organisations_of(user)


def is_owner_of(user: Any, organisation_id: int) -> bool:
    """Signs for the organisation."""
    return organisations_of(user).get(organisation_id) == MemberRole.OWNER


def is_applicant(user: Any) -> bool:
    """Belongs to at least one organisation."""
    return bool(organisations_of(user))


def signatories(organisation: Organisation) -> list[str]:
    """The e-mail addresses of those who sign for the organisation."""
    owners = organisation.memberships.filter(role=MemberRole.OWNER, user__is_active=True)
    return list(owners.values_list("user__email", flat=True))


def load() -> None:
    """Register the permission of this app."""
    rules.add_perm("organisations.register_organisation", is_officer)
