"""What may still change in a published call: a later deadline, corrected words; numbered, with before and after."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from applications.services import submit_application
from calls.choices import CorrigendumState, State
from calls.contract import contract_and_hash
from calls.models import Corrigendum, Criterion
from calls.public_texts import texts_of, words_in
from calls.services import (
    discard_corrigendum,
    open_assessment,
)
from portal.accounts.choices import Role
from portal.accounts.models import Appointment
from portal.audit.models import Event
from portal.core.canonical import sha256_hex
from portal.core.exceptions import NotAllowed, NotReady
from portal.mail.models import OutgoingMail
from tests import factories
from tests.calls.corrigenda import NEW, REASON, extend, issue, propose, summary

pytestmark = pytest.mark.django_db


def code_of(refused):
    return refused.value.problems[0].code


# A later deadline --------------------------------------------------------------------------------


def test_the_head_gives_everyone_more_time_and_the_contract_says_so(open_call):
    before = open_call.contract_sha256
    corrigendum = extend(open_call)

    call = factories.fetch(open_call)
    assert call.closes_at == open_call.closes_at + timedelta(days=7)
    assert call.calendar.get(kind="deadline").at == call.closes_at
    assert (call.contract, call.contract_sha256) == contract_and_hash(call)
    assert (corrigendum.number, corrigendum.earlier_sha256, corrigendum.contract_sha256) == (
        1,
        before,
        call.contract_sha256,
    )
    assert sha256_hex(call.contract) == call.contract_sha256 != before


def test_an_application_is_submitted_between_the_old_deadline_and_the_new_one(closed_call, amina):
    draft, now = factories.full_draft(closed_call), timezone.now()
    with pytest.raises(NotReady):
        submit_application(application_id=draft.pk, by=amina.user, arrived_at=now)
    extend(closed_call)

    assert submit_application(application_id=draft.pk, by=amina.user, arrived_at=now).number == 1


@pytest.mark.parametrize(
    ("days", "code"),
    [(0, "not_later"), (-1, "not_later"), (1, "past"), (30, "")],
    ids=["same", "earlier", "past", "ok"],
)
def test_a_deadline_moves_later_than_it_was_and_later_than_now(open_call, days, code):
    now = open_call.closes_at + timedelta(days=2)

    if code:
        with pytest.raises(NotReady) as refused:
            extend(open_call, days=days, at=now)
        assert code_of(refused) == code
        assert factories.fetch(open_call).closes_at == open_call.closes_at
    else:
        assert extend(open_call, days=days, at=now).number == 1


def test_no_more_time_once_the_assessment_is_opened(closed_call, olga):
    open_assessment(call_id=closed_call.pk, by=olga.user)

    with pytest.raises(NotReady) as refused:
        extend(closed_call)
    assert code_of(refused) == "state"


@pytest.mark.parametrize("name", ["olga", "rachid", "amina", "axel", "adam"])
def test_nobody_but_the_head_extends(open_call, name):
    with pytest.raises(NotAllowed):
        extend(open_call, by=name)


def test_a_reason_in_one_language_is_none(open_call):
    with pytest.raises(NotReady) as refused:
        extend(open_call, reason={"fr": "Panne."})
    assert code_of(refused) == "no_reason"


def test_owners_of_drafts_and_of_submitted_files_are_told_in_their_language(open_call):
    draft, submitted = factories.empty_draft(open_call), factories.submitted(open_call, "D-002")
    OutgoingMail.objects.all().delete()
    extend(open_call)

    mails = OutgoingMail.objects.all()
    assert {mail.about for mail in mails} == {draft.audit_name, submitted.audit_name}
    assert all(REASON[mail.language] in mail.text_body for mail in mails)


def test_the_assessment_opens_a_minute_after_the_new_deadline(closed_call, olga):
    extend(closed_call)

    with pytest.raises(NotReady):
        open_assessment(call_id=closed_call.pk, by=olga.user)


# Corrected words ---------------------------------------------------------------------------------


def test_a_proposal_changes_nothing_yet(open_call):
    corrigendum = propose(open_call)

    assert (factories.fetch(open_call).contract, corrigendum.number) == (open_call.contract, None)
    assert corrigendum.state == CorrigendumState.PROPOSED


def test_issued_words_stand_in_the_row_and_in_the_contract_and_nowhere_else(open_call):
    issued = issue(propose(open_call))

    call = factories.fetch(open_call)
    before, after = json.loads(open_call.contract), json.loads(call.contract)
    assert after["summary"] == {**before["summary"], **NEW}
    assert {key for key in after if after[key] != before[key]} == {"summary"}
    assert call.summary_nl == NEW["nl"]
    assert (call.contract, call.contract_sha256) == contract_and_hash(call)
    assert {change["language"]: change["before"] for change in issued.changes} == {
        language: before["summary"][language] for language in NEW
    }


def test_every_public_text_has_one_place_in_the_contract(open_call):
    contract = json.loads(open_call.contract)
    texts = texts_of(open_call)

    assert len(texts) > 100
    assert all(words_in(contract, key) == text.words() for key, text in texts.items())


@pytest.mark.parametrize("kind", ["criterion", "question", "choice", "grantcondition", "lot", "annexrequirement"])
def test_a_text_of_any_part_can_be_corrected(open_call, kind):
    key = next(key for key in texts_of(open_call) if key.startswith(f"{kind}:"))
    issue(propose(open_call, changes={key: NEW}))

    call = factories.fetch(open_call)
    assert words_in(json.loads(call.contract), key)["fr"] == NEW["fr"]
    assert (call.contract, call.contract_sha256) == contract_and_hash(call)


def test_criteria_are_frozen_by_the_first_submission_also_when_the_proposal_came_before(open_call):
    key = "criterion:C3:guidance"
    early = propose(open_call, changes={key: NEW})
    factories.submitted(open_call)

    for act in (lambda: propose(open_call, changes={key: NEW}), lambda: issue(early)):
        with pytest.raises(NotReady) as refused:
            act()
        assert code_of(refused) == "frozen"
    assert Criterion.objects.get(call=open_call, code="C3").guidance_fr != NEW["fr"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"fr": "", "nl": "Tekst."}, "text_missing"),
        ({"nl": "  "}, "text_missing"),
        ({}, "nothing_new"),
        ({"fr": "x" * 251, "nl": "y"}, "too_long"),
    ],
)
def test_words_that_cannot_stand_are_refused(open_call, words, code):
    key = f"call:{open_call.reference}:title"

    with pytest.raises(NotReady) as refused:
        propose(open_call, changes={key: words})
    assert code_of(refused) == code


def test_a_text_that_is_not_the_calls_is_refused(open_call):
    with pytest.raises(NotReady) as refused:
        propose(open_call, changes={"criterion:C99:title": NEW})
    assert code_of(refused) == "no_text"


def test_a_proposal_that_was_overtaken_is_not_issued(open_call):
    first, second = propose(open_call), propose(open_call, changes={summary(open_call): {"fr": "Autre chose."}})
    issue(first)

    with pytest.raises(NotReady) as refused:
        issue(second)
    assert code_of(refused) == "stale"
    assert factories.fetch(open_call).summary_fr == NEW["fr"]


def test_numbers_follow_one_another_whatever_the_kind(open_call):
    discarded = propose(open_call)
    discard_corrigendum(corrigendum_id=discarded.pk, by=factories.person("helene"))
    numbers = [extend(open_call).number, issue(propose(open_call)).number]

    assert numbers == [1, 2]
    assert factories.fetch(discarded).number is None


def test_a_corrigendum_is_settled_once(open_call):
    issued = issue(propose(open_call))

    for act in (issue, lambda row: discard_corrigendum(corrigendum_id=row.pk, by=factories.person("helene"))):
        with pytest.raises(NotReady):
            act(issued)


def test_only_a_published_call_is_corrected(olga, helene):
    draft = factories.draft_call()
    with pytest.raises(NotReady):
        propose(draft)
    assert draft.state == State.DRAFT


@pytest.mark.parametrize("name", ["helene", "rachid", "amina", "axel", "adam"])
def test_nobody_but_an_officer_proposes_words(open_call, name):
    with pytest.raises(NotAllowed):
        propose(open_call, by=name)


@pytest.mark.parametrize("name", ["olga", "pieter", "rachid", "amina", "axel", "adam"])
def test_nobody_but_the_head_issues_words(open_call, name):
    with pytest.raises(NotAllowed):
        issue(propose(open_call), by=name)


def test_a_head_who_wrote_the_words_cannot_issue_them_and_the_database_agrees(open_call, helene):
    Appointment.objects.create(user=helene.user, role=Role.OFFICER, unit=open_call.unit, starts_on="2020-01-01")
    corrigendum = propose(open_call, by="helene")

    with pytest.raises(NotAllowed):
        issue(corrigendum)
    with pytest.raises(IntegrityError), transaction.atomic():
        Corrigendum.objects.filter(pk=corrigendum.pk).update(issued_by=helene.user)


def test_an_issued_corrigendum_never_changes(open_call):
    issued = issue(propose(open_call))

    with pytest.raises(ProgrammingError), transaction.atomic():
        Corrigendum.objects.filter(pk=issued.pk).update(reason_fr="Autre.")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Corrigendum.objects.filter(pk=issued.pk).delete()


def test_the_chain_names_texts_and_hashes_and_none_of_the_words(open_call):
    issue(propose(open_call))
    extend(open_call)
    events = Event.objects.filter(
        verb__in=["call.corrigendum_proposed", "call.corrigendum_issued", "call.deadline_extended"]
    )

    assert events.count() == 3
    told = " ".join(str(event.data) for event in events)
    assert summary(open_call) in told
    assert factories.fetch(open_call).contract_sha256 in told
    assert NEW["fr"] not in told
    assert REASON["fr"] not in told
