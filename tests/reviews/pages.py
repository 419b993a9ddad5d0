"""Addresses and people that the tests of the assessment's pages share."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from applications.models import Application
from portal.accounts.choices import Role
from portal.accounts.models import Appointment, Unit, User
from reviews.models import Assignment
from reviews.services import assign_reviewer
from tests import factories
from tests.cast import Person


def page(name: str, *args: object) -> str:
    """The English page of this name, so that the tests read the sentences as they are written."""
    with override("en"):
        return reverse(f"reviews:{name}", args=args)


def appoint(name: str, role: Role, unit: Unit) -> None:
    """One more appointment for a person of the cast, from today on."""
    Appointment.objects.create(user=factories.person(name), role=role, unit=unit, starts_on=timezone.localdate())


def officer_elsewhere() -> Person:
    """An officer of another unit: the same role, and nothing to see here."""
    unit = Unit.objects.create(code="elsewhere", name="Elsewhere", address="-", phone="-", email="else@example.org")
    user = User.objects.create_user("otto@example.org", name="Otto Exemple")
    Appointment.objects.create(
        user=user, role=Role.OFFICER, unit=unit, starts_on=timezone.localdate() - timedelta(days=1)
    )
    person = Person()
    person.user = user
    person.force_login(user)
    return person


def status_of(person: Person, address: str) -> int:
    """The status of a page or a download; a file is read to its end, which closes it."""
    response = person.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return int(response.status_code)


def assigned(application: Application, name: str) -> Assignment:
    """The person of the cast is asked by Olga to review the file."""
    return assign_reviewer(
        application_id=application.pk, reviewer_id=factories.person(name).pk, by=factories.person("olga")
    )


def secrets_of(application: Application) -> list[str]:
    """What nobody may read before the declaration: answers, summary, account, files, lines of the budget."""
    content = json.loads(application.versions.get().content)
    return list(_texts(content))


def _texts(content: dict[str, Any]) -> Iterator[str]:
    yield content["project"]["summary"][:60]
    yield content["applicant"]["iban"]
    yield from (answer["text"][:60] for answer in content["answers"] if len(answer["text"]) > 20)
    yield from (annex["name"] for annex in content["annexes"])
    yield from (line["description"] for line in content["budget"]["lines"])
