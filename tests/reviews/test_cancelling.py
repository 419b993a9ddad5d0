"""A call is cancelled while a list is approved: what nobody was told of comes back, whoever was faster."""

import pytest

from applications.choices import State
from applications.services import withdraw_application
from calls.choices import State as CallState
from calls.models import Envelope
from calls.services import cancel_call
from portal.audit.models import Event
from portal.core.exceptions import NotReady
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from reviews.choices import ProposalState
from reviews.models import Decision
from reviews.services import approve_proposal, freeze_proposal, notify_decisions, recuse
from tests import factories
from tests.reviews import chains
from tests.reviews.races import one_after_the_other

REASON = {"fr": "Le budget est retiré.", "nl": "Het budget is ingetrokken."}


def cancel(call):
    return cancel_call(call_id=call.pk, by=factories.person("helene"), reason=REASON)


def approve(proposal):
    return approve_proposal(proposal_id=proposal.pk, by=factories.person("helene"))


@pytest.mark.django_db
def test_an_approved_list_comes_back_with_its_money_and_its_letters_are_never_released(closed_call):
    proposal = factories.with_letters(closed_call, "D-001", "D-002", "D-004")
    withdrawn = proposal.lines.get(rank=1).application
    withdraw_application(application_id=withdrawn.pk, by=factories.person("amina"), reason="Exemple.")
    OutgoingMail.objects.all().delete()

    cancel(closed_call)

    returned = factories.fetch(proposal)
    assert (returned.state, returned.return_reason) == (ProposalState.RETURNED, "L’appel a été annulé.")
    assert Envelope.objects.get(call=closed_call).committed == 0
    states = [line.application.state for line in proposal.lines.select_related("application")]
    assert states == [State.WITHDRAWN, State.CALL_CANCELLED, State.CALL_CANCELLED]
    assert Decision.objects.filter(line__proposal=proposal).count() == 3
    assert not Document.objects.filter(decision__isnull=False, released_at__isnull=False)
    assert set(OutgoingMail.objects.values_list("template", flat=True)) == {"applications/call_cancelled"}
    assert OutgoingMail.objects.count() == 2
    freed = Event.objects.filter(verb="envelope.freed").latest("pk")
    assert freed.data["amount"] == "95000.00"
    with pytest.raises(NotReady) as refused:
        notify_decisions(proposal_id=proposal.pk, by=factories.person("helene"))
    assert "another step: Returned" in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("until", [chains.transmitted, chains.granted])
def test_so_does_a_list_that_passes_outside(closed_call, until):
    proposal = until(closed_call, "D-001")

    cancel(closed_call)

    assert factories.fetch(proposal).state == ProposalState.RETURNED
    assert Envelope.objects.get(call=closed_call).committed == 0
    with pytest.raises(NotReady) as refused:
        chains.record(proposal)
    assert "another step: Returned" in str(refused.value)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["approve", "cancel"])
def test_whether_approval_or_cancellation_comes_first_the_call_ends_with_nothing_committed(first):
    call = factories.closed_call()
    proposal = factories.frozen(call, "D-001")
    acts = {"approve": lambda: approve(proposal).state, "cancel": lambda: cancel(call).state}
    second = next(name for name in acts if name != first)

    told = one_after_the_other(acts[first], acts[second])

    assert (
        told
        == {
            "approve": [ProposalState.APPROVED, CallState.CANCELLED],
            "cancel": [CallState.CANCELLED, "This proposal is in another step: Returned."],
        }[first]
    )
    assert factories.fetch(call).state == CallState.CANCELLED
    assert factories.fetch(proposal).state == ProposalState.RETURNED
    assert factories.fetch(proposal.lines.get().application).state == State.CALL_CANCELLED
    assert Envelope.objects.get(call=call).committed == 0
    assert Decision.objects.count() == (first == "approve")


@pytest.mark.django_db(transaction=True)
def test_a_list_that_is_frozen_while_a_reviewer_is_recused_reads_what_is_lacking():
    call = factories.closed_call()
    (file,) = factories.reviewed(call, "D-001")
    review = file.assignments.get(reviewer__email="rachid@example.org")
    olga = factories.person("olga")

    told = one_after_the_other(
        lambda: recuse(assignment_id=review.pk, by=olga, reason="Exemple.").state,
        lambda: freeze_proposal(call_id=call.pk, by=olga, conclusions={}).state,
    )

    assert told[1].startswith("D-001 is not reviewed yet.")
    assert factories.fetch(file).state == State.IN_REVIEW
