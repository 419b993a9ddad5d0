"""A tie with one file keeps a person from the whole list: from deciding on it, and from seeing it."""

import pytest
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from portal.accounts.choices import Role
from portal.core.exceptions import NotAllowed, NotReady
from portal.core.gate import may
from portal.organisations.models import Membership
from reviews.models import Decision, Proposal, Screener
from reviews.services import (
    ScreeningInput,
    admit,
    answer_items,
    approve_proposal,
    assign_reviewer,
    freeze_proposal,
    return_proposal,
    take_in_screening,
)
from tests import factories
from tests.reviews import doors
from tests.reviews.pages import appoint, page
from tests.reviews.tied import asked

pytestmark = pytest.mark.django_db

BOARD_PAGES = ("board", "letters", "return", "approve", "notify")


@pytest.fixture
def ranked(closed_call):
    """A list of one file, which Olga froze."""
    return factories.frozen(closed_call, "D-001")


def force_decision(proposal, approver):
    line = proposal.lines.get()
    return Decision.objects.create(
        application=line.application,
        line=line,
        number="FORCED-1",
        outcome=line.outcome,
        amount=line.amount,
        prepared_by=proposal.prepared_by,
        approved_by=factories.person(approver),
        decided_at=timezone.now(),
    )


def answered_by(file, name):
    answers = [ScreeningInput(item=item, verdict="yes", reason="Vu.") for item in file.call.screening_items.all()]
    answer_items(application_id=file.pk, by=factories.person(name), answers=answers)


def screened_by_pieter_then_olga(call):
    """Pieter answers the checklist; Olga saves all of it again."""
    (file,) = factories.unsealed(call, "D-001")
    take_in_screening(application_id=file.pk, by=factories.person("pieter"))
    answered_by(file, "pieter")
    answered_by(file, "olga")
    return factories.fetch(file)


# Deciding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["assigned", "in_progress", "conflict", "recused"])
def test_a_head_who_was_asked_to_review_a_file_neither_approves_nor_returns_its_list(ranked, state):
    helene = factories.person("helene")
    asked(ranked.lines.get().application, "helene", state)

    for act, told in ((approve_proposal, {}), (return_proposal, {"reason": "Exemple."})):
        with pytest.raises(NotAllowed):
            act(proposal_id=ranked.pk, by=helene, **told)
    with pytest.raises(IntegrityError, match="was asked to review"), transaction.atomic():
        force_decision(ranked, "helene")


def test_a_head_who_reviewed_without_a_conflict_tells_the_applicants_all_the_same(ranked):
    asked(ranked.lines.get().application, "helene", "in_progress")

    assert may(factories.person("helene"), "reviews.notify_decisions", ranked)


def test_a_head_with_a_conflict_on_another_file_of_the_call_decides_nothing_either(closed_call):
    first, second = factories.reviewed(closed_call, "D-001", "D-002")
    asked(second, "helene", "conflict")
    ranked = factories.judging.freeze(
        closed_call, {file.pk: factories.story("D-001") for file in (first, second)}, at=timezone.now()
    )

    held = ("approve_proposal", "return_proposal", "notify_decisions")
    assert [name for name in held if may(factories.person("helene"), f"reviews.{name}", ranked)] == []
    assert not may(factories.person("helene"), "reviews.close_decisions", closed_call)


def test_an_officer_with_a_conflict_freezes_no_list_even_past_the_services(closed_call):
    (file,) = factories.reviewed(closed_call, "D-001")
    pieter = factories.person("pieter")
    assert may(pieter, "reviews.freeze_proposal", closed_call)
    asked(file, "pieter", "conflict")

    with pytest.raises(NotAllowed):
        freeze_proposal(call_id=closed_call.pk, by=pieter, conclusions={})
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        Proposal.objects.create(call=closed_call, number=1, prepared_by=pieter, frozen_at=timezone.now())


def test_an_officer_who_belongs_to_an_applicant_freezes_no_list_even_past_the_services(closed_call):
    file = factories.submitted(closed_call)
    pieter = factories.person("pieter")
    Membership.objects.create(user=pieter, organisation=file.organisation)

    assert not may(factories.person("pieter"), "reviews.freeze_proposal", closed_call)
    with pytest.raises(IntegrityError, match="belongs to an applicant"), transaction.atomic():
        Proposal.objects.create(call=closed_call, number=1, prepared_by=pieter, frozen_at=timezone.now())


# Who screened -----------------------------------------------------------------------------------


def test_who_screened_is_kept_when_somebody_answers_again_and_when_somebody_else_admits(closed_call):
    file = screened_by_pieter_then_olga(closed_call)
    appoint("helene", Role.OFFICER, closed_call.unit)
    admit(application_id=file.pk, by=factories.person("helene"))

    names = {row.person.email.partition("@")[0] for row in file.screeners.select_related("person")}
    assert names == {"pieter", "olga", "helene"}


def test_who_screened_a_file_does_not_decide_on_it_as_a_head_later(closed_call):
    file = screened_by_pieter_then_olga(closed_call)
    admit(application_id=file.pk, by=factories.person("olga"))
    factories.judging.review(file, factories.story("D-001"), at=timezone.now())
    ranked = factories.judging.freeze(closed_call, {file.pk: factories.story("D-001")}, at=timezone.now())
    appoint("pieter", Role.UNIT_HEAD, closed_call.unit)

    with pytest.raises(NotAllowed):
        approve_proposal(proposal_id=ranked.pk, by=factories.person("pieter"))
    with pytest.raises(IntegrityError, match="screened"), transaction.atomic():
        force_decision(ranked, "pieter")


def test_who_screened_a_file_does_not_review_it_whoever_answered_last(closed_call):
    file = screened_by_pieter_then_olga(closed_call)
    appoint("pieter", Role.REVIEWER, closed_call.unit)

    with pytest.raises(NotReady) as refused:
        assign_reviewer(
            application_id=file.pk, reviewer_id=factories.person("pieter").pk, by=factories.person("helene")
        )

    assert refused.value.problems[0].code == "screened"


def test_nothing_takes_a_screener_away(closed_call):
    screened_by_pieter_then_olga(closed_call)

    with pytest.raises(Error), transaction.atomic():
        Screener.objects.all().delete()
    with pytest.raises(Error), transaction.atomic():
        Screener.objects.update(person=factories.person("sofie"))


# Seeing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["conflict", "recused"])
def test_a_head_with_a_conflict_finds_no_page_of_the_ranking(ranked, helene, state):
    reference = ranked.call.reference
    assert reference in helene.get(page("boards")).text
    asked(ranked.lines.get().application, "helene", state)

    assert {name: helene.get(page(name, reference)).status_code for name in BOARD_PAGES} == dict.fromkeys(
        BOARD_PAGES, 404
    )
    assert reference not in helene.get(page("boards")).text
    assert reference not in helene.get("/en/dashboard/").text


def test_an_officer_who_belongs_to_an_applicant_finds_no_page_of_the_ranking(closed_call, pieter):
    (file,) = factories.reviewed(closed_call, "D-001")
    assert "Ready to freeze" in pieter.get("/en/dashboard/").text
    Membership.objects.create(user=pieter.user, organisation=file.organisation)

    shown = [pieter.get(page(name, closed_call.reference)).status_code for name in ("board", "freeze")]

    assert shown == [404, 404]
    assert closed_call.reference not in pieter.get(page("boards")).text
    assert "Ready to freeze" not in pieter.get("/en/dashboard/").text


def test_the_head_is_not_offered_a_list_that_another_pair_of_eyes_must_approve(ranked, olga):
    appoint("olga", Role.UNIT_HEAD, ranked.call.unit)

    assert "Proposals to approve" not in olga.get("/en/dashboard/").text


def test_the_head_is_not_offered_a_refusal_of_a_file_that_they_screened(closed_call, pieter):
    file = doors.at_the_door(closed_call, "E4")
    doors.proposed(file)
    appoint("pieter", Role.UNIT_HEAD, closed_call.unit)
    assert "Refusals to decide" in pieter.get("/en/dashboard/").text
    Screener.objects.create(application=file, person=pieter.user, since=timezone.now())

    assert "Refusals to decide" not in pieter.get("/en/dashboard/").text


@pytest.mark.parametrize("state", ["assigned", "doubt", "conflict"])
def test_an_officer_finds_nothing_of_a_file_that_their_declaration_keeps_closed(closed_call, olga, state):
    (file,) = factories.admitted(closed_call, "D-001")
    assert file.title in olga.get("/en/dashboard/").text
    asked(file, "olga", state)

    assert file.title not in olga.get("/en/dashboard/").text
    assert olga.get(page("file_application", file.reference)).status_code == 404


def test_nobody_settles_their_own_doubt(closed_call, helene):
    (file,) = factories.admitted(closed_call, "D-001")
    own, others = asked(file, "helene", "doubt"), asked(file, "rachid", "doubt")

    for doubt in (own, others):
        assert not may(helene.user, "reviews.settle_doubt", doubt)
        assert helene.get(page("settle_doubt", doubt.pk)).status_code in (403, 404)
    assert "Doubts to settle" not in helene.get("/en/dashboard/").text


def test_a_file_that_waits_for_a_declaration_still_keeps_its_call_from_being_ready(closed_call, pieter):
    first, second = factories.admitted(closed_call, "D-001", "D-002")
    factories.judging.review(first, factories.story("D-001"), at=timezone.now())
    asked(second, "pieter")

    assert "Ready to freeze" not in pieter.get("/en/dashboard/").text
