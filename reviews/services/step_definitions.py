"""The external steps of a unit, loaded from its own table: added and withdrawn, never changed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Unit
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from reviews.models import ExternalStep


@dataclass(frozen=True)
class StepDefinition:
    """One line of the table; `from_amount` in euro, the steps pass in the order of `order`."""

    code: str
    order: int
    from_amount: Decimal
    name_fr: str
    name_nl: str
    name_en: str
    valid_from: date | None = None
    withdrawn_on: date | None = None


def load_external_steps(*, unit_code: str, steps: Iterable[StepDefinition]) -> tuple[int, int]:
    """The steps of the table stand for the unit; answers how many are new and how many were withdrawn.

    Lists that were approved before keep the steps that applied then. A step that stands with other figures or words is
    refused: it is withdrawn on a day, and what takes its place has a code of its own.
    """
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(code=unit_code)
        known = {step.code: step for step in ExternalStep.objects.filter(unit=unit)}
        found = list(steps)
        refuse_if(problem for step in found for problem in _in_trouble(step, known.get(step.code)))
        new = [step for step in found if step.code not in known]
        for step in new:
            ExternalStep.objects.create(unit=unit, **asdict(step))
        withdrawn = [
            step for step in found if step.code in known and step.withdrawn_on != known[step.code].withdrawn_on
        ]
        for step in withdrawn:
            known[step.code].withdrawn_on = step.withdrawn_on
            known[step.code].save(update_fields=["withdrawn_on"])
        if new or withdrawn:
            data = {"added": len(new), "withdrawn": len(withdrawn)}
            record("unit.external_steps_loaded", on=f"unit:{unit.code}", by=None, data=data)
    return len(new), len(withdrawn)


def _in_trouble(step: StepDefinition, known: ExternalStep | None) -> list[Problem]:
    shown = {"code": step.code}
    if not all((step.name_fr.strip(), step.name_nl.strip(), step.name_en.strip())):
        return [Problem("no_name", _("Write the name of step %(code)s in French, Dutch and English.") % shown)]
    if step.from_amount < 0:
        return [Problem("amount", _("The amount from which step %(code)s applies is not negative.") % shown)]
    said = {name: value for name, value in asdict(step).items() if name != "withdrawn_on"}
    if known is not None and any(getattr(known, name) != value for name, value in said.items()):
        sentence = _(
            "Step %(code)s stands already with other words or figures: withdraw it and give the new one a code."
        )
        return [Problem("changed", sentence % shown)]
    return []
