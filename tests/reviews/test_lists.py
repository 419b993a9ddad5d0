"""The frozen list: awards, partial awards, reserves and rejections, within the envelope and the rules of the call."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from applications.choices import State
from applications.models import Application
from calls.models import Envelope
from portal.accounts.choices import Role
from portal.core.canonical import sha256_hex
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.models import Document
from reviews.choices import Outcome
from reviews.models import Decision, Proposal, ProposalLine
from reviews.ranking import LineChoice, ranking_of
from reviews.services import (
    approve_proposal,
    close_decisions,
    freeze_proposal,
    notify_decisions,
)
from tests import factories
from tests.reviews import lists
from tests.reviews.pages import appoint
from tests.sealing import seal

pytestmark = pytest.mark.django_db

DEMO = ("D-001", "D-002", "D-003", "D-004", "D-007")


def lines_of(proposal):
    return {
        line.application.short_reference: (line.outcome, line.amount, line.reserve_order)
        for line in proposal.lines.select_related("application")
    }


def refusal_of(call, files, **told):
    with pytest.raises(NotReady) as refusal:
        lists.frozen(call, files, **told)
    assert not Proposal.objects.exists()
    return {problem.code: str(problem) for problem in refusal.value.problems}


# What the list gives by itself ------------------------------------------------------------------


def test_the_demo_is_awarded_from_the_top_and_the_file_beyond_the_envelope_waits_first_on_the_reserve(closed_call):
    proposal = lists.frozen(closed_call, lists.reviewed(closed_call, *DEMO))

    assert lines_of(proposal) == {
        "D-001": (Outcome.AWARDED, 121000, None),
        "D-002": (Outcome.AWARDED, 95000, None),
        "D-003": (Outcome.AWARDED, 48000, None),
        "D-005": (Outcome.ON_RESERVE, 0, 1),
        "D-004": (Outcome.REJECTED, 0, None),
    }
    reserve = proposal.lines.get(outcome=Outcome.ON_RESERVE)
    assert reserve.reserve_until == date(timezone.localdate().year, 12, 31)


def test_the_money_never_passes_over_a_file_to_one_with_fewer_points(closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-002", "D-003")
    Envelope.objects.update(ceiling=Decimal(200000))

    proposal = lists.frozen(closed_call, files)

    # 79 000 are left after the first; the third would fit, but the second stands before it.
    assert [row[0] for row in lines_of(proposal).values()] == [Outcome.AWARDED, Outcome.ON_RESERVE, Outcome.ON_RESERVE]
    assert [row[2] for row in lines_of(proposal).values()] == [None, 1, 2]


def test_a_place_on_the_reserve_list_needs_a_conclusion(closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-002", "D-007")

    with pytest.raises(NotReady) as refusal:
        freeze_proposal(call_id=closed_call.pk, by=factories.person("olga"), conclusions={})

    assert [problem.code for problem in refusal.value.problems] == ["no_conclusion"]
    assert files["D-007"].short_reference in str(refusal.value.problems[0])


# What the officer chooses -----------------------------------------------------------------------


def test_a_partial_award_has_its_amount_and_its_reason_down_to_the_letter(closed_call, helene):
    proposal = lists.frozen(closed_call, lists.reviewed(closed_call, "D-001"), D_001=lists.partial("100000.50"))

    approve_proposal(proposal_id=proposal.pk, by=helene.user)

    line = proposal.lines.get()
    assert (line.amount, line.amount_reason) == (Decimal("100000.50"), lists.partial(1).amount_reason)
    assert factories.fetch(closed_call.envelope).committed == Decimal("100000.50")
    assert lists.partial(1).amount_reason in Document.objects.get(kind="reviews.award").content


@pytest.mark.parametrize(
    ("told", "code", "words"),
    [
        (lists.partial(121001), "too_much", "D-001 asks"),
        (lists.partial(0), "no_amount", "D-001"),
        (lists.partial(100, reason=" "), "no_amount_reason", "D-001"),
        (LineChoice(outcome="on_reserve", reserve_until=date(2020, 1, 1)), "until", "D-001"),
    ],
)
def test_an_outcome_that_does_not_hold_is_refused_with_a_sentence(closed_call, told, code, words):
    said = refusal_of(closed_call, lists.reviewed(closed_call, "D-001"), D_001=told)

    assert list(said) == [code]
    assert words in said[code]


@pytest.mark.parametrize("outcome", ["awarded", "on_reserve"])
def test_a_file_below_a_minimum_is_neither_awarded_nor_reserved(closed_call, outcome):
    said = refusal_of(closed_call, lists.reviewed(closed_call, "D-004"), D_004=LineChoice(outcome=outcome))

    assert "can only be rejected" in said["below"]


def test_a_list_beyond_the_envelope_is_not_frozen(closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-002", "D-007")

    said = refusal_of(closed_call, files, D_007=LineChoice(outcome="awarded"))

    assert "300" in said["envelope"]
    assert "320" in said["envelope"]


def test_a_passing_file_that_the_officer_rejects_says_why(closed_call):
    files = lists.reviewed(closed_call, "D-001")

    proposal = lists.frozen(closed_call, files, D_001=LineChoice(outcome="rejected"))

    assert lines_of(proposal)["D-001"] == (Outcome.REJECTED, 0, None)


def test_no_applicant_gets_more_grants_than_the_call_allows(closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-003")
    second = files["D-003"]
    Application.objects.filter(pk=second.pk).update(organisation=files["D-001"].organisation, ordinal=2)

    said = refusal_of(closed_call, files)
    proposal = lists.frozen(closed_call, files, D_003=LineChoice(outcome="rejected"))

    assert "2 grants" in said["grants"]
    assert lines_of(proposal)["D-001"][0] == Outcome.AWARDED


def test_passing_files_with_the_same_points_need_places_and_a_written_reason(closed_call):
    files = lists.equally_good(closed_call, "D-001", "D-002")
    first, second = files["D-001"].short_reference, files["D-002"].short_reference
    settled = {
        "D_001": LineChoice(tie_place=2, tie_reason="Le besoin est moins urgent."),
        "D_002": LineChoice(tie_place=1, tie_reason="Le besoin est plus urgent."),
    }

    unsettled = refusal_of(closed_call, files)
    same_place = refusal_of(closed_call, files, **{name: LineChoice(tie_place=1, tie_reason="x") for name in settled})
    silent = refusal_of(closed_call, files, **settled | {"D_001": LineChoice(tie_place=2, tie_reason=" ")})
    proposal = lists.frozen(closed_call, files, **settled)

    assert first in unsettled["tie"]
    assert list(same_place) == ["tie"]
    assert list(silent) == ["tie_reason"]
    assert list(lines_of(proposal)) == [second, first]
    assert proposal.lines.first().tie_reason == "Le besoin est plus urgent."


def test_rejected_files_with_the_same_points_need_no_settling(closed_call):
    files = lists.equally_good(closed_call, "D-001", "D-002", like="D-004")

    assert {row[0] for row in lines_of(lists.frozen(closed_call, files)).values()} == {Outcome.REJECTED}


def test_the_fingerprint_covers_amounts_reasons_places_and_days(closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-002", "D-007")
    call = factories.fetch(closed_call)
    proposal = lists.frozen(closed_call, files, D_001=lists.partial(1000))

    for fact in ("amount_reason_sha256", "reserve_order", "reserve_until", "tie_reason_sha256"):
        assert fact in proposal.content
    assert proposal.sha256 == sha256_hex(proposal.content)
    assert ranking_of(call).rows


def test_the_same_list_is_not_frozen_twice(closed_call):
    files = lists.reviewed(closed_call, "D-001")
    lists.frozen(closed_call, files)

    with pytest.raises(NotReady) as refusal:
        lists.frozen(closed_call, files)

    assert [problem.code for problem in refusal.value.problems] == ["standing"]
    assert Proposal.objects.count() == 1


# What the database holds by itself --------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 122000},
        {"amount": 100, "amount_reason": ""},
        {"amount": 0},
        {"outcome": "on_reserve", "amount": 0, "conclusion": "x", "reserve_until": date(2030, 1, 1)},
        {"outcome": "on_reserve", "amount": 0, "conclusion": "x", "reserve_order": 1},
        {"outcome": "on_reserve", "amount": 0, "reserve_order": 1, "reserve_until": date(2030, 1, 1)},
        {"outcome": "rejected", "amount": 0, "conclusion": "x", "reserve_order": 1},
        {"outcome": "ineligible", "amount": 0, "conclusion": "x"},
    ],
)
def test_the_database_refuses_a_line_that_does_not_hold(closed_call, changes):
    line = lists.frozen(closed_call, lists.reviewed(closed_call, "D-001")).lines.get()
    proposal = Proposal.objects.create(
        call=factories.closed_call("CALL-2"), number=1, prepared_by=line.proposal.prepared_by, frozen_at=timezone.now()
    )
    facts = {"rank": 1, "points": 80, "outcome": "awarded", "amount": 121000, "amount_requested": 121000}

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalLine.objects.create(proposal=proposal, application=line.application, **facts | changes)
    ProposalLine.objects.create(proposal=proposal, application=line.application, **facts)


# Approving and telling --------------------------------------------------------------------------


def test_everyone_is_told_awards_reserves_and_rejections_and_the_call_can_be_closed(closed_call, helene):
    proposal = lists.frozen(closed_call, lists.reviewed(closed_call, *DEMO))
    approve_proposal(proposal_id=proposal.pk, by=helene.user)
    for pk in Document.objects.filter(decision__line__proposal=proposal).values_list("pk", flat=True):
        assert seal(pk)

    notify_decisions(proposal_id=proposal.pk, by=helene.user)
    close_decisions(call_id=closed_call.pk, by=helene.user)

    states = list(Application.objects.order_by("number").values_list("state", flat=True))
    assert states == [State.AWARDED, State.AWARDED, State.AWARDED, State.REJECTED, State.ON_RESERVE]
    assert factories.fetch(closed_call.envelope).committed == 264000
    assert Document.objects.get(kind="reviews.reserve").released_at is not None


def test_somebody_who_scored_a_file_does_not_approve_its_list(closed_call, rachid):
    proposal = lists.frozen(closed_call, lists.reviewed(closed_call, "D-001"))
    appoint("rachid", Role.UNIT_HEAD, closed_call.unit)

    with pytest.raises(NotAllowed):
        approve_proposal(proposal_id=proposal.pk, by=factories.person("rachid"))
    assert not Decision.objects.exists()
