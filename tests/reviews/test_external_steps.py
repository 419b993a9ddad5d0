"""External steps: after the head's approval, above amounts that the unit sets, others answer before anybody is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from applications.choices import State
from applications.services import withdraw_application
from calls.models import Envelope
from portal.audit.models import Event
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.letter import write_letter
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from reviews.choices import ProposalState
from reviews.models import Decision, ExternalStep, Proposal, ProposalStep
from reviews.services import (
    approve_proposal,
    expire_reserves,
    notify_decisions,
    promote_from_reserve,
)
from tests import factories
from tests.reviews import chains, lists
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def notify(proposal):
    return notify_decisions(proposal_id=proposal.pk, by=factories.person("helene"))


def seal_letters_of(proposal):
    for pk in Document.objects.filter(decision__line__proposal=proposal).values_list("pk", flat=True):
        assert seal(pk)


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def states(proposal):
    return [line.application.state for line in proposal.lines.select_related("application")]


# Which steps apply ------------------------------------------------------------------------------------


def test_a_list_without_an_award_of_that_amount_is_final_with_the_approval(closed_call):
    chains.set_up(closed_call.unit, chains.GOVERNMENT)
    proposal = factories.approved(closed_call, "D-003")

    assert not proposal.steps.exists()
    assert Decision.objects.get(line__proposal=proposal).document is not None


def test_steps_apply_from_their_amount_and_between_their_days_and_stay_those_of_the_list(closed_call):
    today = timezone.localdate()
    late = chains.StepDefinition("late", 3, Decimal(1), "Plus tard", "Later", "Later", valid_from=today + timedelta(1))
    gone = chains.StepDefinition("gone", 4, Decimal(1), "Fini", "Voorbij", "Over", withdrawn_on=today)
    chains.set_up(closed_call.unit, chains.GOVERNMENT, chains.FINANCE, late, gone)
    proposal = factories.approved(closed_call, "D-001", "D-004")
    ExternalStep.objects.filter(code__in=["finance", "government"]).update(withdrawn_on=today)

    assert [row.step.code for row in proposal.steps.select_related("step")] == ["finance", "government"]


# The walk ---------------------------------------------------------------------------------------------


def test_the_list_is_granted_by_the_last_favourable_answer_and_its_letters_are_asked_for_then(closed_call):
    proposal = chains.transmitted(closed_call, "D-001", "D-004")
    decisions = Decision.objects.filter(line__proposal=proposal)
    assert decisions.count() == 2
    assert not decisions.filter(document__isnull=False)
    assert chains.record(proposal, 1).state == ProposalState.TRANSMITTED
    with pytest.raises(NotReady) as refused:
        notify(proposal)
    assert codes(refused) == ["external_steps"]
    assert "Approval of the Government" in str(refused.value)

    assert chains.record(proposal, 2).state == ProposalState.GRANTED

    assert not decisions.filter(document__isnull=True)
    with pytest.raises(NotReady) as refused:
        notify(proposal)
    assert codes(refused) == ["letter", "letter"]
    seal_letters_of(proposal)
    assert notify(proposal).state == ProposalState.NOTIFIED
    assert states(proposal) == [State.AWARDED, State.REJECTED]
    verbs = Event.objects.filter(verb__startswith="proposal.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        *("proposal.frozen", "proposal.approved", "proposal.transmitted", "proposal.step_recorded"),
        *("proposal.step_recorded", "proposal.granted", "proposal.notified"),
    ]


def test_a_file_withdrawn_on_the_way_gets_no_letter_and_holds_nobody_up(closed_call):
    proposal = chains.transmitted(closed_call, "D-001", "D-004")
    file = proposal.lines.get(rank=2).application
    withdraw_application(application_id=file.pk, by=factories.person("didier"), reason="Exemple.")
    for place in (1, 2):
        proposal = chains.record(proposal, place)
    seal_letters_of(proposal)

    notify(proposal)

    assert states(proposal) == [State.AWARDED, State.WITHDRAWN]
    assert Decision.objects.get(application=file).document is None


def test_an_unfavourable_answer_returns_the_list_and_frees_its_money_and_nobody_is_told(closed_call):
    proposal = chains.transmitted(closed_call, "D-001", "D-004")
    assert Envelope.objects.get(call=closed_call).committed > 0

    chains.record(proposal, 1, "unfavourable")

    returned = factories.fetch(proposal)
    assert (returned.state, returned.return_reason) == (ProposalState.RETURNED, "Les crédits manquent.")
    assert Envelope.objects.get(call=closed_call).committed == 0
    assert states(proposal) == [State.REVIEWED, State.REVIEWED]
    assert Decision.objects.filter(line__proposal=proposal).count() == 2
    assert not Document.objects.filter(decision__isnull=False)
    assert not OutgoingMail.objects.filter(template="reviews/decision_notified")


def test_after_an_unfavourable_answer_another_list_decides_with_numbers_of_its_own(closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-004")
    chains.set_up(closed_call.unit)
    first = chains.transmit(
        approve_proposal(proposal_id=lists.frozen(closed_call, files).pk, by=factories.person("helene"))
    )
    chains.record(first, 1, "unfavourable")

    less = lists.frozen(closed_call, files, D_001=lists.partial(30000))
    second = approve_proposal(proposal_id=less.pk, by=factories.person("helene"))
    seal_letters_of(second)
    notify(second)

    assert not second.steps.exists()
    assert [decision.number[-4:] for decision in Decision.objects.order_by("number")] == [
        "0001",
        "0002",
        "0003",
        "0004",
    ]
    assert states(second) == [State.AWARDED, State.REJECTED]


def test_a_promotion_that_came_back_leaves_the_reserve_as_it_was_and_can_be_tried_again(closed_call):
    lists.reviewed(closed_call, "D-001", "D-002")
    Envelope.objects.filter(call=closed_call).update(ceiling=Decimal(130000))
    files = {"D-001": closed_call.applications.get(number=1), "D-002": closed_call.applications.get(number=2)}
    whole = approve_proposal(proposal_id=lists.frozen(closed_call, files).pk, by=factories.person("helene"))
    seal_letters_of(whole)
    notify(whole)
    Envelope.objects.filter(call=closed_call).update(ceiling=Decimal(300000))
    chains.set_up(closed_call.unit)
    waiting = closed_call.applications.get(state=State.ON_RESERVE)
    promote = {"application_id": waiting.pk, "by": factories.person("olga")}
    lifted = approve_proposal(proposal_id=promote_from_reserve(**promote).pk, by=factories.person("helene"))
    chains.record(chains.transmit(lifted), 1, "unfavourable")
    assert factories.fetch(waiting).state == State.ON_RESERVE

    again = approve_proposal(proposal_id=promote_from_reserve(**promote).pk, by=factories.person("helene"))

    assert Decision.objects.filter(replaces__application=waiting).count() == 2
    chains.record(chains.transmit(again), 1, "unfavourable")
    assert expire_reserves(at=timezone.now() + timedelta(days=370)) == 1


# Who, and in which order ------------------------------------------------------------------------------


def test_the_head_transmits_and_whoever_approved_or_belongs_to_an_applicant_records_no_answer(closed_call):
    proposal = chains.approved(closed_call, "D-001")
    with pytest.raises(NotAllowed):
        chains.transmit(proposal, by=factories.person("olga"))
    chains.transmit(proposal)

    for name in ("helene", "amina", "rachid", "axel", "adam"):
        with pytest.raises(NotAllowed):
            chains.record(proposal, by=name)
    with pytest.raises(IntegrityError, match="the recorder approved"), transaction.atomic():
        facts = {"opinion": "favourable", "given_on": timezone.localdate(), "reference": "x", "signatory": "x"}
        who = {"recorded_by": factories.person("helene"), "recorded_at": timezone.now(), "scan": chains.scan()}
        ProposalStep.objects.filter(proposal=proposal, place=1).update(**facts, **who)


def test_an_answer_needs_its_turn_its_day_its_words_and_its_reason(closed_call):
    proposal = chains.approved(closed_call, "D-001")
    today = timezone.localdate()
    for told, code in (
        ({"to": " "}, "no_addressee"),
        ({"on": today + timedelta(1)}, "future"),
        ({"on": today - timedelta(1)}, "too_early"),
    ):
        with pytest.raises(NotReady) as refused:
            chains.transmit(proposal, **told)
        assert codes(refused) == [code]
    with pytest.raises(NotReady) as refused:
        chains.record(proposal)
    assert codes(refused) == ["state"]
    chains.transmit(proposal)

    for place, opinion, told, code in (
        (2, "favourable", {}, "not_its_turn"),
        (3, "favourable", {}, "not_its_turn"),
        (1, "favourable", {"given_on": today + timedelta(1)}, "future"),
        (1, "favourable", {"given_on": today - timedelta(1)}, "too_early"),
        (1, "favourable", {"reference": " "}, "no_reference"),
        (1, "favourable", {"signatory": " "}, "no_signatory"),
        (1, "unfavourable", {"reason": " "}, "no_reason"),
    ):
        with pytest.raises(NotReady) as refused:
            chains.record(proposal, place, opinion, **told)
        assert codes(refused) == [code]


def test_the_database_keeps_the_order_and_what_was_recorded(closed_call):
    proposal = chains.transmitted(closed_call, "D-001")
    with pytest.raises(IntegrityError, match="not favourable"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.GRANTED, granted_at=timezone.now())
    chains.record(proposal)

    with pytest.raises(ProgrammingError), transaction.atomic():
        ProposalStep.objects.filter(proposal=proposal, place=1).update(reference="Autre")


# The letters ------------------------------------------------------------------------------------------


def test_each_letter_names_the_answers_with_their_day_reference_and_signatory(closed_call):
    granted = chains.granted(closed_call, "D-001", "D-002", "D-004")
    letters = Document.objects.filter(decision__line__proposal=granted)
    said = {
        "fr": "Vu « Avis de l’Inspecteur des Finances », favorable, du",
        "nl": "Gelet op ‘Advies van de Inspecteur van Financiën’, gunstig, van",
    }

    assert {letter.language for letter in letters} == set(said)
    for letter in letters:
        words = " ".join(write_letter(letter).html.replace("\u00a0", " ").split())
        assert said[letter.language].replace("\u00a0", " ") in words
        assert words.count("IF-2027/0123") == 2
        assert "I. Exemple, Inspecteur des Finances" in words
