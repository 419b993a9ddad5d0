"""The items on which a file is refused at the door, as they were answered: what a draft freezes. Writes nothing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import override

from applications.models import Application, CorrectionPoint
from portal.core.canonical import canonical_json
from reviews.choices import REFUSED_ITEMS, Outcome, ScreeningVerdict
from reviews.models import ScreeningAnswer


@dataclass(frozen=True)
class FailedItem:
    """One item answered no: the rule's wording and the officer's reason; `was_asked`: a correction was asked of it."""

    code: str
    text: str
    reason: str
    is_curable: bool
    was_asked: bool

    @property
    def needs_a_sentence(self) -> bool:
        """It could be cured and nobody asked: the refusal has to say why not."""
        return self.is_curable and not self.was_asked


def failed_items(application: Application, outcome: str) -> list[FailedItem]:
    """The items of the kind that this outcome rests on and that are answered no, in the language of the file."""
    return failed_by_outcome(application).get(Outcome(outcome), [])


def failed_by_outcome(application: Application) -> dict[Outcome, list[FailedItem]]:
    """Each refusal that the answers can carry, with its items; admissibility comes before eligibility."""
    asked = _asked_to_cure(application)
    answers = application.screening_answers.filter(verdict=ScreeningVerdict.NO)
    with override(application.language):
        failed = [
            (answer.item.kind, _item(answer, asked)) for answer in answers.select_related("item").order_by("item__code")
        ]
    found = {outcome: [item for own, item in failed if own == kind] for outcome, kind in REFUSED_ITEMS.items()}
    return {outcome: items for outcome, items in found.items() if items}


def possible_refusals(application: Application) -> list[Outcome]:
    """The outcomes that at least one item answered no can carry; admissibility comes before eligibility."""
    failed = {answer.item_id for answer in _answered_no(application.screening_answers.all())}
    kinds = {item.kind for item in application.call.screening_items.all() if item.pk in failed}
    return [outcome for outcome, kind in REFUSED_ITEMS.items() if kind in kinds]


def frozen_items(items: Iterable[FailedItem]) -> str:
    """The items as canonical text."""
    return canonical_json([vars(item) for item in items])


def read_items(content: str) -> list[FailedItem]:
    """The items of a draft."""
    return [FailedItem(**row) for row in json.loads(content)]


def _answered_no(answers: Iterable[ScreeningAnswer]) -> list[ScreeningAnswer]:
    return [answer for answer in answers if answer.verdict == ScreeningVerdict.NO]


def _item(answer: ScreeningAnswer, asked: set[str]) -> FailedItem:
    item = answer.item
    return FailedItem(item.code, item.text, answer.reason, is_curable=item.is_curable, was_asked=item.code in asked)


def _asked_to_cure(application: Application) -> set[str]:
    """The codes of the items that the request for correction of this file named."""
    return set(CorrectionPoint.objects.filter(correction__application=application).values_list("item__code", flat=True))
