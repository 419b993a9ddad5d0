"""The letters of a decided list are asked for: at its approval, or with the last external step where one applies."""

from collections.abc import Iterable

from portal.documents.choices import Kind
from portal.documents.services import request_document
from reviews.choices import Outcome
from reviews.models import Decision, Proposal

DOCUMENT_KINDS = {
    Outcome.AWARDED: Kind.AWARD,
    Outcome.ON_RESERVE: Kind.RESERVE,
    Outcome.REJECTED: Kind.REJECTION,
}


def decisions_to_tell(proposal: Proposal) -> list[Decision]:
    """The decisions of the list, save those on files that were withdrawn since."""
    decisions = Decision.objects.filter(line__proposal=proposal).to_be_told()
    return list(decisions.select_related("application", "document", "line").order_by("line__rank"))


def request_letters(decisions: Iterable[Decision]) -> None:
    """Each decision has its letter, which is being made; it takes the place of the letter of the decision it replaces."""
    for decision in decisions:
        kind = DOCUMENT_KINDS[Outcome(decision.outcome)]
        earlier = decision.replaces.document if decision.replaces else None
        language = decision.application.language
        decision.document = request_document(kind, of=decision, language=language, replaces=earlier)
        decision.save(update_fields=["document"])
