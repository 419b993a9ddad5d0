"""The external steps of a unit come from a table of its own: loaded twice, changed, withdrawn."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction
from django.utils import timezone

from portal.accounts.models import Unit
from portal.audit.models import Event
from portal.core.exceptions import NotReady
from reviews.models import ExternalStep
from reviews.services import load_external_steps
from tests.reviews import chains

pytestmark = pytest.mark.django_db
TABLE = """\
code,order,from_amount,name_fr,name_nl,name_en,valid_from,withdrawn_on
finance,1,31000,Avis de l’Inspecteur,Advies van de Inspecteur,Opinion of the Inspector,2026-01-01,
"""


@pytest.fixture
def unit():
    return Unit.objects.first()


def test_the_command_loads_a_table_once(unit, tmp_path, capsys):
    table = tmp_path / "steps.csv"
    table.write_text(TABLE, encoding="utf-8")

    for _turn in range(2):
        call_command("load_external_steps", unit.code, str(table))

    assert capsys.readouterr().out.splitlines() == [
        f"{unit.code}: 1 added, 0 withdrawn",
        f"{unit.code}: 0 added, 0 withdrawn",
    ]
    step = ExternalStep.objects.get(unit=unit)
    assert (step.name_nl, step.from_amount) == ("Advies van de Inspecteur", Decimal(31000))
    assert Event.objects.filter(verb="unit.external_steps_loaded").count() == 1


@pytest.mark.parametrize(("unit_code", "old", "new"), [("nowhere", "", ""), ("", "31000", "much"), ("", "order,", "")])
def test_the_command_says_what_is_wrong(unit, tmp_path, unit_code, old, new):
    table = tmp_path / "steps.csv"
    table.write_text(TABLE.replace(old, new) if old else TABLE, encoding="utf-8")

    with pytest.raises(CommandError):
        call_command("load_external_steps", unit_code or unit.code, str(table))


def test_a_step_is_withdrawn_and_never_changed(unit):
    chains.set_up(unit)
    gone = replace(chains.FINANCE, withdrawn_on=timezone.localdate())

    assert load_external_steps(unit_code=unit.code, steps=[gone]) == (0, 1)

    for changed in (replace(gone, from_amount=Decimal(1)), replace(gone, name_nl="Anders"), replace(gone, name_en=" ")):
        with pytest.raises(NotReady):
            load_external_steps(unit_code=unit.code, steps=[changed])
    with pytest.raises(ProgrammingError), transaction.atomic():
        ExternalStep.objects.filter(code="finance").update(from_amount=1)
