"""Who tries each act: the cast, people whom nothing concerns, and people who hold two roles at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta

from django.utils import timezone

from portal.accounts.choices import Role
from portal.accounts.models import Appointment, Unit, User
from portal.organisations.choices import MemberRole
from portal.organisations.models import Membership, Organisation
from portal.organisations.permissions import organisations_of
from tests import factories

# Column of the table: who it is, and the appointment that this person holds besides.
ROLES: dict[str, tuple[str, Role | None]] = {
    "signatory": ("amina", None),
    "member": ("bruno", None),
    "stranger": ("chloe", None),
    "nobody": ("nobody", None),
    "officer": ("pieter", None),
    "preparer": ("olga", None),
    "reviewer": ("rachid", None),
    "head": ("helene", None),
    "auditor": ("axel", None),
    "admin": ("adam", None),
    "elsewhere": ("nils", None),
    "officer+member": ("bruno", Role.OFFICER),
    "officer+reviewer": ("rachid", Role.OFFICER),
    "head+member": ("bruno", Role.UNIT_HEAD),
    "head+reviewer": ("rachid", Role.UNIT_HEAD),
    "head+preparer": ("olga", Role.UNIT_HEAD),
}
# Nothing of the file concerns them: they try at the steps at which everything is tried.
OUTSIDERS = {"stranger", "nobody", "auditor", "admin", "elsewhere"}
# Asked for a third reading; nobody's file is theirs yet.
THIRD_READER = "tara"


def add_outsiders() -> None:
    """Staff of another unit, somebody without any role, a third reviewer. To be added once the call is published."""
    other = Unit.objects.create(
        code="elsewhere", name_fr="Ailleurs", name_nl="Elders", phone="0", email="x@example.org"
    )
    own = Unit.objects.exclude(pk=other.pk).get()
    _appoint(_user("nils"), Role.OFFICER, other)
    _appoint(factories.person("nils"), Role.UNIT_HEAD, other)
    _appoint(_user(THIRD_READER), Role.REVIEWER, own)
    _user("nobody")


def belong_to(organisation: Organisation) -> None:
    """Amina signs for this organisation too, and Bruno writes for it."""
    for name, role in (("amina", MemberRole.OWNER), ("bruno", MemberRole.MEMBER)):
        Membership.objects.get_or_create(
            user=factories.person(name), organisation=organisation, defaults={"role": role}
        )


@contextmanager
def acting_as(role: str) -> Iterator["Actor"]:
    """The person of this column, with the second appointment in hand; the caller rolls it back."""
    name, besides = ROLES[role]
    if besides:
        _appoint(factories.person(name), besides, Unit.objects.exclude(code="elsewhere").get())
    yield Actor(factories.person(name))


class Actor:
    """A person whose roles are read once, as in one request; each act gets a copy of its own."""

    def __init__(self, user: User) -> None:
        self.user = user
        _ = (user.appointments_now, user.mandates_ever, organisations_of(user))

    def again(self) -> User:
        """The same person, untouched by what was tried before."""
        return copy(self.user)


def _user(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org", name=f"{name.title()} Exemple")


def _appoint(user: User, role: Role, unit: Unit) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.create(user=user, role=role, unit=unit, starts_on=yesterday)
