"""manage.py load_external_steps UNIT PATH: loads the external steps of a unit from a CSV file, and reports counts."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import Unit
from portal.core.exceptions import NotReady
from reviews.services import StepDefinition, load_external_steps


class Command(BaseCommand):
    """Prints how many steps are new and how many were withdrawn. Running it twice changes nothing."""

    help = (
        "Load the external steps of a unit. Columns: code, order, from_amount, name_fr, name_nl, name_en, "
        "valid_from, withdrawn_on (the last two may be empty)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("unit", help="The code of the unit.")
        parser.add_argument("path", type=Path, help="A CSV file with one step a line.")

    def handle(self, *args: Any, unit: str, path: Path, **options: Any) -> None:
        try:
            added, withdrawn = load_external_steps(unit_code=unit, steps=list(_read(path)))
        except Unit.DoesNotExist as trouble:
            raise CommandError(f"No unit has the code {unit}.") from trouble
        except (InvalidOperation, KeyError, NotReady, OSError, ValueError) as trouble:
            raise CommandError(f"{path.name}: {trouble}") from trouble
        self.stdout.write(f"{unit}: {added} added, {withdrawn} withdrawn")


def _read(path: Path) -> Iterator[StepDefinition]:
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            yield StepDefinition(
                code=line["code"].strip(),
                order=int(line["order"]),
                from_amount=Decimal(line["from_amount"]),
                name_fr=line["name_fr"].strip(),
                name_nl=line["name_nl"].strip(),
                name_en=line["name_en"].strip(),
                valid_from=_day(line["valid_from"]),
                withdrawn_on=_day(line["withdrawn_on"]),
            )


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None
