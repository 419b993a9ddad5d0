"""Entering an organisation into the portal; the only writer of its lines in the audit chain."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.core.organisation_numbers import WrongNumber, clean_enterprise_number
from portal.organisations.choices import LegalForm
from portal.organisations.models import Organisation


@dataclass(frozen=True)
class NewOrganisation:
    """What is known of an organisation that applies for the first time, and on paper; the number as it was typed."""

    name: str
    enterprise_number: str
    street: str
    postcode: str
    city: str
    legal_form: str = LegalForm.ASBL


def register_organisation(*, facts: NewOrganisation, by: User) -> Organisation:
    """The organisation exists, under its enterprise number, without a member."""
    with transaction.atomic():
        require(by, "organisations.register_organisation")
        number, problems = _number_of(facts)
        refuse_if([*problems, *_missing(facts)])
        organisation = Organisation.objects.create(
            name=facts.name.strip(),
            legal_form=facts.legal_form,
            enterprise_number=number,
            street=facts.street.strip(),
            postcode=facts.postcode.strip(),
            city=facts.city.strip(),
        )
        record("organisation.registered", on=organisation, by=by)
    return organisation


def _number_of(facts: NewOrganisation) -> tuple[str, list[Problem]]:
    try:
        number = clean_enterprise_number(facts.enterprise_number)
    except WrongNumber as trouble:
        return "", [Problem("wrong_number", str(trouble), "#id_enterprise_number")]
    if Organisation.objects.filter(enterprise_number=number).exists():
        sentence = _("An organisation with this enterprise number is already known.")
        return number, [Problem("known", sentence, "#id_enterprise_number")]
    return number, []


def _missing(facts: NewOrganisation) -> list[Problem]:
    asked = {
        "name": _("Write the name of the organisation."),
        "street": _("Write the street and number of the organisation."),
        "postcode": _("Write the postcode of the organisation."),
        "city": _("Write the municipality of the organisation."),
    }
    return [
        Problem("missing", sentence, f"#id_{name}")
        for name, sentence in asked.items()
        if not getattr(facts, name).strip()
    ]
