"""Ranked lists for these tests: files with scores of their own, and a freeze by Olga with what she chose."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from applications.models import Application
from calls.models import Call
from portal.demo import judging
from reviews.models import Proposal
from reviews.ranking import LineChoice
from reviews.services import freeze_proposal
from tests import factories

CONCLUSION = "Motif Exemple, propre à {}."


def conclusions(files: Mapping[str, Application]) -> dict[int, str]:
    """A conclusion of its own for each file."""
    return {file.pk: CONCLUSION.format(reference) for reference, file in files.items()}


def reviewed(call: Call, *references: str) -> dict[str, Application]:
    """Reviewed files by the reference of their story."""
    return dict(zip(references, factories.reviewed(call, *references), strict=True))


def equally_good(call: Call, *references: str, like: str = "D-003") -> dict[str, Application]:
    """Reviewed files that all have the scores of one story."""
    found = dict(zip(references, factories.admitted(call, *references), strict=True))
    for file in found.values():
        judging.review(file, factories.story(like), at=call.closes_at)
    return {reference: factories.fetch(file) for reference, file in found.items()}


def frozen(call: Call, files: Mapping[str, Application], **told: Any) -> Proposal:
    """Olga freezes the list; keywords are choices by reference with underscores (D_001)."""
    choices = {files[name.replace("_", "-")].pk: choice for name, choice in told.items()}
    return freeze_proposal(
        call_id=call.pk, by=factories.person("olga"), conclusions=conclusions(files), choices=choices
    )


def partial(amount: int | str, reason: str = "Le poste Exemple n’est pas éligible.") -> LineChoice:
    """Less than asked, with a reason."""
    return LineChoice(outcome="awarded", amount=Decimal(amount), amount_reason=reason)
