"""Files that stand at the door with an answer no, and the refusals that officer and head make of them."""

from django.utils import timezone

from applications.models import Application
from calls.models import Call
from portal.documents.models import Document
from reviews.models import Decision, DraftDecision
from reviews.services import ScreeningInput, answer_items, approve_refusal, propose_refusal, take_in_screening
from tests import factories
from tests.sealing import seal

CONCLUSION = "Le projet se déroule dans deux villages ; la candidature n’est donc pas éligible."
WHY = "Une correction changerait le projet lui-même."


def at_the_door(call: Call, *codes: str, reference: str = "D-005") -> Application:
    """A file that Olga has in hand, with every item answered yes save these."""
    (application,) = factories.unsealed(call, reference)
    answer(application, *codes)
    return factories.fetch(application)


def answer(application: Application, *codes: str) -> None:
    """Every item yes, save these."""
    take_in_screening(application_id=application.pk, by=factories.person("olga"))
    save_answers(application, *codes)


def save_answers(application: Application, *codes: str) -> None:
    """Every item yes, save these; each with a reason."""
    answers = [
        ScreeningInput(item=item, verdict="no" if item.code in codes else "yes", reason=f"Motif {item.code}.")
        for item in application.call.screening_items.all()
    ]
    answer_items(application_id=application.pk, by=factories.person("olga"), answers=answers, at=timezone.now())


def proposed(application: Application, outcome: str = "ineligible", **told: str) -> DraftDecision:
    """Olga proposes the refusal."""
    return propose_refusal(
        application_id=application.pk,
        by=factories.person("olga"),
        outcome=outcome,
        conclusion=told.get("conclusion", CONCLUSION),
        why_not_cured=told.get("why_not_cured", WHY),
    )


def refused(application: Application, outcome: str = "ineligible") -> Decision:
    """Hélène decides so; the letter is asked for."""
    return approve_refusal(draft_id=proposed(application, outcome).pk, by=factories.person("helene"))


def told(application: Application, outcome: str = "ineligible") -> Decision:
    """The letter is sealed."""
    decision = refused(application, outcome)
    assert seal(Document.objects.get(decision=decision).pk)
    return decision
