"""The people of the demo: the unit, its staff, and the members of the organisations that apply."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from portal.accounts.choices import Role
from portal.accounts.models import Appointment, Desk, DeskOfficer, Mandate, Unit, User
from portal.codelists.models import Territory
from portal.demo.texts import organisations, read
from portal.organisations.models import Membership, Organisation

PASSWORD = "convoca-demo-2027"  # noqa: S105 - printed by the demo for everyone to use
LANGUAGES = ("fr", "nl", "en")


def make_everyone(*, since: date) -> None:
    """The unit, its desks, every person and every organisation of the texts exist; passwords are the demo's."""
    unit = make_unit()
    staff = [row for row in read("people")["people"] if row["role"] != "applicant"]
    for row in staff:
        user = make_person(row)
        _appoint(user, row["role"], unit, since)
        if "desk" in row:
            desk = Desk.objects.get(unit=unit, code=row["desk"])
            DeskOfficer.objects.create(desk=desk, officer=user, starts_on=since)
    for row in organisations().values():
        make_organisation(row)


def make_unit() -> Unit:
    """The unit of the demo with its desks."""
    row = read("people")["unit"]
    names = {f"name_{code}": row["name"][code] for code in LANGUAGES}
    addresses = {f"address_{code}": row["address"][code] for code in LANGUAGES}
    unit = Unit.objects.create(code=row["code"], phone=row["phone"], email=row["email"], **names, **addresses)
    for desk in row["desks"]:
        desk_names = {f"name_{code}": desk["name"][code] for code in LANGUAGES}
        made = Desk.objects.create(unit=unit, code=desk["code"], **desk_names)
        made.territories.set(Territory.objects.filter(code__in=desk["territories"]))
    return unit


def make_person(row: dict[str, Any]) -> User:
    """The person of this row; a person who stands in two rows is made once."""
    found = User.objects.filter(email=row["email"]).first()
    return found or User.objects.create(
        email=row["email"], password=_password(), name=row["name"], language=row["language"]
    )


@cache
def _password() -> str:
    """A real one is worked on for long, and rightly; this one everybody may know."""
    return make_password(PASSWORD)


def make_organisation(row: dict[str, Any]) -> Organisation:
    """The organisation of this row with its members."""
    organisation = Organisation.objects.create(
        name=row["name"],
        legal_form=row["legal_form"],
        enterprise_number=row["enterprise_number"],
        street=row["address"]["street"],
        postcode=row["address"]["postcode"],
        city=row["address"]["city"],
        iban=row["iban"],
        is_accredited=row["is_accredited"],
    )
    for member in row["members"]:
        Membership.objects.create(user=make_person(member), organisation=organisation, role=member["role"])
    return organisation


def _appoint(user: User, role: str, unit: Unit, since: date) -> None:
    if role == "auditor":
        head = User.objects.get(appointments__role=Role.UNIT_HEAD)
        now = timezone.now()
        Mandate.objects.create(
            auditor=user, granted_by=head, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=365)
        )
        return
    place = None if role == Role.ADMINISTRATOR else unit
    Appointment.objects.create(user=user, role=role, unit=place, starts_on=since)
