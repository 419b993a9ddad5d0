"""The reserve list after its notification: lifted in order with money that came free, or ended by date."""

import threading
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from applications.choices import State
from calls.models import Envelope
from portal.audit.models import Event
from portal.core.dates import BRUSSELS
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.models import Document
from reviews.choices import Outcome, ProposalState
from reviews.models import Decision, Proposal
from reviews.services import (
    approve_proposal,
    close_decisions,
    expire_reserves,
    notify_decisions,
    promote_from_reserve,
    return_proposal,
)
from tests import factories
from tests.reviews import lists
from tests.reviews.pages import page
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def told(call):
    """D-001 awarded; D-002 (95 000) and D-003 (48 000) on the reserve list; everyone notified; 9 000 left."""
    files = lists.reviewed(call, "D-001", "D-002", "D-003")
    Envelope.objects.filter(call=call).update(ceiling=Decimal(130000))
    tell(lists.frozen(call, files))
    return {reference: factories.fetch(file) for reference, file in files.items()}


def tell(proposal):
    approve_proposal(proposal_id=proposal.pk, by=factories.person("helene"))
    for pk in Document.objects.filter(decision__line__proposal=proposal).values_list("pk", flat=True):
        assert seal(pk)
    notify_decisions(proposal_id=proposal.pk, by=factories.person("helene"))


def free(call, amount):
    """So much is left in the envelope."""
    envelope = Envelope.objects.get(call=call)
    Envelope.objects.filter(pk=envelope.pk).update(ceiling=envelope.committed + Decimal(amount))


def promote(file, by="olga", at=None):
    return promote_from_reserve(application_id=file.pk, by=factories.person(by), at=at)


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def after_the_year():
    return datetime(timezone.localdate().year + 1, 1, 1, tzinfo=BRUSSELS)


# Lifting ----------------------------------------------------------------------------------------


def test_a_file_is_lifted_by_a_new_decision_that_names_the_reserve_decision(closed_call):
    files = told(closed_call)
    reserve = Decision.objects.get(outcome=Outcome.ON_RESERVE, application=files["D-002"])
    free(closed_call, 95000)

    proposal = promote(files["D-002"])
    tell(proposal)

    award = Decision.objects.get(application=files["D-002"], outcome=Outcome.AWARDED)
    assert (award.replaces, award.amount, award.line.rank) == (reserve, 95000, 2)
    assert factories.fetch(files["D-002"]).state == State.AWARDED
    assert factories.fetch(reserve.document).replacement == award.document
    assert reserve.number in award.document.content
    assert proposal.lines.count() == 1


def test_the_applicant_still_reads_reserve_list_until_the_new_decision_is_notified(closed_call):
    files = told(closed_call)
    before = str(files["D-002"].applicant_label)
    free(closed_call, 95000)

    proposal = promote(files["D-002"])
    proposed = factories.fetch(files["D-002"])
    approve_proposal(proposal_id=proposal.pk, by=factories.person("helene"))
    approved = factories.fetch(files["D-002"])

    assert (proposed.state, approved.state) == (State.PROPOSED, State.APPROVED)
    assert str(proposed.applicant_label) == str(approved.applicant_label) == before


def test_the_list_goes_in_its_order(closed_call):
    files = told(closed_call)
    free(closed_call, 48000)

    with pytest.raises(NotReady) as refusal:
        promote(files["D-003"])

    assert codes(refusal) == ["order"]
    assert files["D-002"].short_reference in str(refusal.value.problems[0])


def test_a_file_is_not_lifted_without_the_money_nor_after_its_last_day_nor_beyond_the_maximum(closed_call):
    files = told(closed_call)

    with pytest.raises(NotReady) as poor:
        promote(files["D-002"])
    free(closed_call, 95000)
    with pytest.raises(NotReady) as late:
        promote(files["D-002"], at=after_the_year())
    type(files["D-002"]).objects.filter(pk=files["D-002"].pk).update(
        organisation=files["D-001"].organisation, ordinal=2
    )
    with pytest.raises(NotReady) as twice:
        promote(files["D-002"])

    assert (codes(poor), codes(late), codes(twice)) == (["envelope"], ["over"], ["grants"])
    assert not Proposal.objects.filter(promotes__isnull=False).exists()


@pytest.mark.parametrize("name", ["helene", "rachid", "amina", "axel", "adam"])
def test_nobody_but_an_officer_lifts_a_file(closed_call, name):
    files = told(closed_call)
    free(closed_call, 95000)

    with pytest.raises(NotAllowed):
        promote(files["D-002"], by=name)


def test_a_file_is_lifted_once_and_a_returned_proposal_leaves_it_on_the_list(closed_call, helene):
    files = told(closed_call)
    free(closed_call, 95000)
    proposal = promote(files["D-002"])

    with pytest.raises(NotReady):
        promote(files["D-002"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            call=closed_call,
            promotes=proposal.promotes,
            number=9,
            prepared_by=proposal.prepared_by,
            frozen_at=timezone.now(),
        )
    return_proposal(proposal_id=proposal.pk, by=helene.user, reason="Attendez le budget.")

    assert factories.fetch(files["D-002"]).state == State.ON_RESERVE
    assert promote(files["D-002"]).state == ProposalState.FROZEN


def test_a_decided_call_still_lifts_from_its_reserve(closed_call, helene):
    files = told(closed_call)
    close_decisions(call_id=closed_call.pk, by=helene.user)
    free(closed_call, 95000)

    assert promote(files["D-002"]).state == ProposalState.FROZEN


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_beyond_the_envelope_one_wins_and_the_other_reads_why():
    call = factories.closed_call()
    files = told(call)
    free(call, 100000)
    proposals = [promote(files["D-002"]), promote(files["D-003"])]
    together, outcomes = threading.Barrier(2), []

    def approve(proposal):
        try:
            together.wait(timeout=10)
            outcomes.append(approve_proposal(proposal_id=proposal.pk, by=factories.person("helene")).state)
        except NotReady as refusal:
            outcomes.append(refusal.problems[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=(proposal,)) for proposal in proposals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    # The money suffices for one, and the first on the reserve list goes first, whoever was faster.
    assert sorted(outcomes) in ([ProposalState.APPROVED, "envelope"], [ProposalState.APPROVED, "order"])
    states = sorted(Proposal.objects.filter(promotes__isnull=False).values_list("state", flat=True))
    assert states == [ProposalState.APPROVED, ProposalState.FROZEN]
    approved = Proposal.objects.get(promotes__isnull=False, state=ProposalState.APPROVED)
    assert approved.lines.get().application_id == files["D-002"].pk
    assert Envelope.objects.get(call=call).committed == 121000 + approved.lines.get().amount
    assert Decision.objects.filter(replaces__isnull=False).count() == 1
    lost = Proposal.objects.get(promotes__isnull=False, state=ProposalState.FROZEN)
    assert factories.fetch(lost.lines.get().application).state == State.PROPOSED


def test_a_later_reserve_is_not_approved_while_an_earlier_one_came_back(closed_call):
    files = told(closed_call)
    free(closed_call, 200000)
    first, second = promote(files["D-002"]), promote(files["D-003"])
    return_proposal(proposal_id=first.pk, by=factories.person("helene"), reason="Exemple.")

    with pytest.raises(NotReady) as refused:
        approve_proposal(proposal_id=second.pk, by=factories.person("helene"))

    assert str(refused.value) == "D-002 stands before this file on the reserve list."
    tell(promote(files["D-002"]))
    assert approve_proposal(proposal_id=second.pk, by=factories.person("helene")).state == ProposalState.APPROVED


# Ending -----------------------------------------------------------------------------------------


def test_a_reserve_lapses_after_its_last_day_and_a_second_run_changes_nothing(closed_call):
    files = told(closed_call)
    last_day = after_the_year() - timedelta(minutes=1)

    assert expire_reserves(at=last_day) == 0
    assert expire_reserves(at=after_the_year()) == 2
    assert expire_reserves(at=after_the_year()) == 0

    lapsed = factories.fetch(files["D-002"])
    assert lapsed.state == State.LAPSED
    assert factories.fetch(files["D-001"]).state == State.AWARDED
    assert Event.objects.about(lapsed.audit_name).filter(verb="application.reserve_expired").count() == 1


def test_a_reserve_that_ended_stays_readable_for_the_service_and_says_so_to_the_applicant(closed_call, olga):
    files = told(closed_call)
    expire_reserves(at=after_the_year())
    lapsed = factories.fetch(files["D-002"])

    assert olga.get(page("file", lapsed.reference)).status_code == 200
    assert "reserve" in str(lapsed.applicant_label).lower() or "réserve" in str(lapsed.applicant_label).lower()


def test_a_file_that_is_being_lifted_does_not_lapse(closed_call):
    files = told(closed_call)
    free(closed_call, 95000)
    promote(files["D-002"])

    assert expire_reserves(at=after_the_year()) == 1
    assert factories.fetch(files["D-002"]).state == State.PROPOSED


# Pages ------------------------------------------------------------------------------------------


def test_the_officer_lifts_a_file_and_the_head_approves_it_on_a_page_of_its_own(closed_call, olga, helene):
    files = told(closed_call)
    address = page("promote", files["D-002"].reference)
    poor = olga.post(address)
    free(closed_call, 95000)

    board = olga.get(page("board", closed_call.reference)).text
    frozen = olga.post(address)
    proposal = Proposal.objects.get(promotes__isnull=False)
    own = [closed_call.reference, proposal.number]
    shown = helene.get(page("approve", *own))
    approved = helene.post(page("approve", *own), {"sha256": proposal.sha256})

    assert poor.status_code == 409
    assert address in board
    assert frozen.url == page("board", *own)
    assert "95,000" in shown.text
    assert approved.url == page("board", *own)
    assert page("board", *own) in helene.get(page("board", closed_call.reference)).text
    for pk in Document.objects.filter(decision__line__proposal=proposal).values_list("pk", flat=True):
        assert seal(pk)
    assert helene.post(page("notify", *own)).url == page("board", *own)
    assert factories.fetch(files["D-002"]).state == State.AWARDED


def test_a_number_that_lifts_nobody_has_no_page(closed_call, helene):
    told(closed_call)

    assert helene.get(page("board", closed_call.reference, 1)).status_code == 404
    assert helene.get(page("approve", closed_call.reference, 1)).status_code == 404


def test_the_notified_board_asks_at_most_twelve_questions(closed_call, helene, django_assert_max_num_queries):
    files = told(closed_call)
    free(closed_call, 95000)
    promote(files["D-002"])

    with django_assert_max_num_queries(12):
        helene.get(page("board", closed_call.reference))
