"""Withdrawing: by the signatory, with a reason, until a final decision is notified; and what follows for the others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications.choices import State
from applications.models import Application
from applications.services import start_application, withdraw_application
from calls.models import Envelope
from portal.audit.models import Event
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from reviews.choices import ProposalState
from reviews.desk import files_on_the_desk
from reviews.models import Assignment, Decision
from reviews.ranking import ranking_of
from reviews.services import notify_decisions
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "Le partenaire local a retiré son engagement."


def withdraw(application, *, by="amina", reason=REASON, at=None):
    return withdraw_application(application_id=application.pk, by=factories.person(by), reason=reason, at=at)


def of(name, proposal):
    return Application.objects.get(
        proposal_lines__proposal=proposal, organisation__memberships__user=factories.person(name)
    )


def test_a_withdrawn_application_keeps_its_reason_and_its_moment_and_both_signatory_and_chain_are_told(open_call):
    application = factories.submitted(open_call, "D-001", at=timezone.now())
    moment = timezone.now()

    withdraw(application, at=moment)

    told = factories.fetch(application)
    assert (told.state, told.withdrawal_reason, told.withdrawn_at) == (State.WITHDRAWN, REASON, moment)
    assert OutgoingMail.objects.get(template="applications/withdrawn").to == "amina@example.org"
    event = Event.objects.get(verb="application.withdrawn")
    assert REASON not in str(event.data)


@pytest.mark.parametrize("name", ["bruno", "chloe", "olga", "helene", "adam", "axel"])
def test_only_the_signatory_withdraws(open_call, name):
    application = factories.submitted(open_call, "D-001", at=timezone.now())

    with pytest.raises(NotAllowed):
        withdraw(application, by=name)


def test_a_withdrawal_without_a_reason_is_refused(open_call):
    application = factories.submitted(open_call, "D-001", at=timezone.now())

    with pytest.raises(NotReady) as refusal:
        withdraw(application, reason="  ")

    assert [problem.code for problem in refusal.value.problems] == ["no_reason"]
    assert factories.fetch(application).state == State.SUBMITTED


def test_a_draft_has_nothing_to_withdraw(draft):
    with pytest.raises(NotReady) as refusal:
        withdraw(draft)

    assert [problem.code for problem in refusal.value.problems] == ["state"]


def test_nothing_is_withdrawn_once_the_decision_is_notified(closed_call):
    awarded = of("amina", factories.notified(closed_call, "D-001"))

    with pytest.raises(NotReady) as refusal:
        withdraw(awarded)

    assert [problem.code for problem in refusal.value.problems] == ["state"]
    assert factories.fetch(awarded).state == State.AWARDED


def test_a_withdrawn_application_makes_place_for_another_one(open_call, amina):
    application = factories.submitted(open_call, "D-001", at=timezone.now())
    organisation = application.organisation
    start_application(call_id=open_call.pk, organisation_id=organisation.pk, by=amina.user)
    withdraw(application)

    assert start_application(call_id=open_call.pk, organisation_id=organisation.pk, by=amina.user).ordinal == 1


def test_a_withdrawn_file_leaves_the_ranking_and_the_reviewers(closed_call):
    first, second = factories.reviewed(closed_call, "D-001", "D-004")

    withdraw(first)

    assert [row.application for row in ranking_of(closed_call).rows] == [second]
    rachid = factories.person("rachid")
    assert not Assignment.objects.of_the_reviewer(rachid).filter(application=first).exists()
    assert files_on_the_desk(factories.person("olga")).get(pk=first.pk).state == State.WITHDRAWN


def test_a_frozen_list_goes_back_when_one_of_its_files_is_withdrawn(closed_call):
    proposal = factories.frozen(closed_call, "D-001", "D-004")
    first, second = of("amina", proposal), of("didier", proposal)

    withdraw(first)

    returned = factories.fetch(proposal)
    assert returned.state == ProposalState.RETURNED
    assert "D-001" in returned.return_reason
    assert factories.fetch(second).state == State.REVIEWED
    assert Event.objects.filter(verb="application.returned_from_proposal").count() == 1
    assert closed_call.proposals.standing().count() == 0


def test_after_approval_the_money_is_free_again_and_the_others_are_notified_without_the_withdrawn_file(closed_call):
    proposal = factories.with_letters(closed_call, "D-001", "D-004")
    first, second = of("amina", proposal), of("didier", proposal)
    committed = Envelope.objects.get(call=closed_call).committed
    decision = Decision.objects.get(application=first)

    withdraw(first)

    assert committed == decision.amount
    assert Envelope.objects.get(call=closed_call).committed == 0
    assert factories.fetch(proposal).state == ProposalState.APPROVED
    notify_decisions(proposal_id=proposal.pk, by=factories.person("helene"))
    assert factories.fetch(first).state == State.WITHDRAWN
    assert factories.fetch(second).state == State.REJECTED
    assert Decision.objects.filter(pk=decision.pk).exists()
    assert Document.objects.get(pk=decision.document_id).released_at is None
    assert not OutgoingMail.objects.filter(template="reviews/decision_notified", to="amina@example.org").exists()


def test_a_rejection_that_is_withdrawn_frees_nothing(closed_call):
    proposal = factories.with_letters(closed_call, "D-001", "D-004")
    before = Envelope.objects.get(call=closed_call).committed

    withdraw(of("didier", proposal), by="didier")

    assert Envelope.objects.get(call=closed_call).committed == before
    assert not Event.objects.filter(verb="envelope.freed").exists()


def test_a_file_under_correction_can_be_withdrawn_and_its_request_no_longer_expires(closed_call):
    from applications.services import expire_corrections
    from tests.reviews.corrections import asked, in_screening

    file = in_screening(closed_call)
    correction = asked(file)

    withdraw(file)

    assert expire_corrections(at=correction.due_at + timedelta(days=1)) == 0
    assert factories.fetch(file).state == State.WITHDRAWN
