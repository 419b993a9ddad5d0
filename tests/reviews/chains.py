"""External steps for these tests: two above amounts of their own, and what authorities answer on a list."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from calls.models import Call
from portal.accounts.models import Unit
from reviews.models import Proposal
from reviews.services import (
    RecordedAct,
    StepDefinition,
    approve_proposal,
    load_external_steps,
    record_external_step,
    transmit_proposal,
)
from tests import factories
from tests.applications.papers import scan

FINANCE = StepDefinition(
    code="finance",
    order=1,
    from_amount=Decimal(31000),
    name_fr="Avis de l’Inspecteur des Finances",
    name_nl="Advies van de Inspecteur van Financiën",
    name_en="Opinion of the Inspector of Finance",
)
GOVERNMENT = StepDefinition(
    code="government",
    order=2,
    from_amount=Decimal(80000),
    name_fr="Accord du Gouvernement",
    name_nl="Akkoord van de Regering",
    name_en="Approval of the Government",
)


def set_up(unit: Unit, *steps: StepDefinition) -> None:
    """These steps stand for the unit; both when none is named."""
    load_external_steps(unit_code=unit.code, steps=steps or (FINANCE, GOVERNMENT))


def approved(call: Call, *references: str) -> Proposal:
    """A list that Hélène approved, with the steps that applied."""
    proposal = factories.frozen(call, *references)
    set_up(call.unit)
    return approve_proposal(proposal_id=proposal.pk, by=factories.person("helene"))


def transmitted(call: Call, *references: str) -> Proposal:
    """The same, once its file has left."""
    return transmit(approved(call, *references))


def transmit(proposal: Proposal, **told: Any) -> Proposal:
    """Hélène says that the file went to the Inspector today."""
    given = {"by": factories.person("helene"), "on": timezone.localdate(), "to": "Inspection des Finances", **told}
    return transmit_proposal(proposal_id=proposal.pk, **given)


def act(opinion: str = "favourable", **told: Any) -> RecordedAct:
    """What the authority answered today."""
    given: dict[str, Any] = {
        "given_on": timezone.localdate(),
        "reference": "IF-2027/0123",
        "signatory": "I. Exemple, Inspecteur des Finances",
        "scan": scan(),
        "scan_name": "avis.pdf",
        "reason": "" if opinion == "favourable" else "Les crédits manquent.",
    }
    return RecordedAct(opinion=opinion, **{**given, **told})


def record(
    proposal: Proposal, place: int = 1, opinion: str = "favourable", *, by: str = "pieter", **told: Any
) -> Proposal:
    """Pieter records it."""
    answer = act(opinion, **told)
    return record_external_step(proposal_id=proposal.pk, place=place, by=factories.person(by), act=answer)


def granted(call: Call, *references: str) -> Proposal:
    """Both authorities agreed; the letters are asked for."""
    proposal = transmitted(call, *references)
    for step in proposal.steps.all():
        proposal = record(proposal, step.place)
    return proposal
