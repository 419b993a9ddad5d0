"""From draft to published: complete in French and Dutch, two persons, and a contract that is frozen."""

import json
import re
from datetime import timedelta
from inspect import getsource

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import F

from calls import readiness
from calls.choices import State
from calls.contract import contract_and_hash
from calls.models import Call, Criterion, Envelope, Lot, Question
from calls.readiness import missing_before_publication
from calls.services import open_assessment, propose_publication, publish_call, return_to_draft
from portal.accounts.models import Appointment
from portal.codelists.models import LegalBasis
from portal.core.canonical import sha256_hex
from portal.core.exceptions import NotAllowed, NotReady
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return factories.draft_call()


def codes(call):
    return [problem.code for problem in missing_before_publication(factories.fetch(call))]


def test_the_demo_call_is_complete(call):
    assert codes(call) == []


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_text_missing_in_french_or_dutch_blocks_publication_and_names_the_language(call, olga, language):
    Call.objects.filter(pk=call.pk).update(**{f"summary_{language}": " "})

    (problem,) = missing_before_publication(factories.fetch(call))

    assert problem.code == "text_missing"
    assert language.upper() in str(problem)
    with pytest.raises(NotReady):
        propose_publication(call_id=call.pk, by=olga.user)


def test_english_is_a_courtesy_and_blocks_nothing(call):
    Call.objects.filter(pk=call.pk).update(title_en="")

    assert codes(call) == []


def test_a_text_of_any_part_of_the_call_counts(call):
    Criterion.objects.filter(call=call, code="C3").update(guidance_nl="")

    assert codes(call) == ["text_missing"]


@pytest.mark.parametrize(
    ("words", "is_whole"),
    [
        ({"title_nl": ""}, False),
        ({"reference_nl": ""}, False),
        ({"reference_fr": "", "reference_nl": ""}, True),
        ({"title_en": "", "reference_en": ""}, True),
    ],
)
def test_a_legal_basis_is_quoted_in_french_and_in_dutch(call, words, is_whole):
    basis = call.legal_bases.get(code="motivation-1991")
    LegalBasis.objects.filter(pk=basis.pk).update(**words)

    assert codes(call) == ([] if is_whole else ["law_missing"])


def test_weights_that_do_not_make_100_block_publication(call):
    Criterion.objects.filter(call=call, code="C1").update(weight=24)

    (problem,) = missing_before_publication(factories.fetch(call))

    assert problem.code == "weights"
    assert "99" in str(problem)


def test_a_call_asks_for_two_reviews_of_each_file_at_least(call):
    Call.objects.filter(pk=call.pk).update(reviews_required=1)

    assert codes(call) == ["reviews"]
    with pytest.raises(IntegrityError, match="two_reviews"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(state=State.PROPOSED)


def test_a_calendar_out_of_order_blocks_publication(call):
    call.calendar.filter(kind="jury").update(on=call.closes_at.date() - timedelta(days=1))

    assert codes(call) == ["calendar_order"]


def test_an_empty_envelope_and_an_empty_form_block_publication(call):
    type(call.envelope).objects.filter(call=call).update(ceiling=0)
    call.annexes.all().delete()
    Question.objects.filter(section__call=call, only_if__isnull=False).delete()
    Question.objects.filter(section__call=call).delete()

    assert codes(call) == ["envelope_empty", "no_question", "no_annex"]


def ask_nothing(call):
    asked = Question.objects.filter(section__call=call)
    call.annexes.update(question=None)
    asked.filter(only_if__isnull=False).delete()
    asked.delete()


# What is taken away from a complete call, and the one sentence that then stands in the way.
LACKING = {
    "text_missing": lambda call: Lot.objects.filter(call=call, code="L1").update(title_fr=""),
    "envelope_empty": lambda call: Envelope.objects.filter(call=call).update(ceiling=0),
    "no_track": lambda call: (call.annexes.update(track=None), call.tracks.all().delete()),
    "no_heading": lambda call: call.headings.all().delete(),
    "weights": lambda call: call.criteria.filter(code="C1").update(weight=F("weight") + 1),
    "reviews": lambda call: Call.objects.filter(pk=call.pk).update(reviews_required=1),
    "calendar_order": lambda call: call.calendar.filter(kind="jury").update(on=call.closes_at - timedelta(days=2)),
    "calendar_deadline": lambda call: call.calendar.filter(kind="deadline").delete(),
    "no_territory": lambda call: call.territories.clear(),
    "no_question": ask_nothing,
    "no_annex": lambda call: call.annexes.all().delete(),
    "no_legal_basis": lambda call: call.legal_bases.clear(),
    "law_missing": lambda call: LegalBasis.objects.filter(calls=call, code="motivation-1991").update(title_nl=""),
}


def test_the_list_below_knows_every_sentence_of_readiness():
    source = getsource(readiness)
    asked = source[source.index("def _incomplete_texts") :]

    assert set(re.findall(r'Problem\(\s*"(\w+)"', asked)) == set(LACKING)


@pytest.mark.parametrize("code", LACKING)
def test_each_thing_that_is_missing_is_named_alone(call, code):
    LACKING[code](call)

    assert codes(call) == [code]


def test_a_calendar_may_show_the_deadline_at_no_other_moment(call):
    call.calendar.filter(kind="deadline").update(at=call.closes_at + timedelta(minutes=1))

    assert codes(call) == ["calendar_deadline"]


def test_a_call_that_says_no_territory_needs_none(call):
    call.territories.clear()
    Call.objects.filter(pk=call.pk).update(has_no_territory=True)

    assert codes(call) == []


def test_a_proposed_call_that_is_no_longer_complete_is_not_published(call, olga, helene):
    propose_publication(call_id=call.pk, by=olga.user)
    call.legal_bases.clear()

    with pytest.raises(NotReady) as refused:
        publish_call(call_id=call.pk, by=helene.user)

    assert [problem.code for problem in refused.value.problems] == ["no_legal_basis"]
    assert factories.fetch(call).state == State.PROPOSED


def test_the_officer_proposes_and_the_head_publishes_a_contract(call, olga, helene):
    propose_publication(call_id=call.pk, by=olga.user)
    publish_call(call_id=call.pk, by=helene.user)

    published = factories.fetch(call)
    assert published.state == State.PUBLISHED
    assert published.contract_sha256 == sha256_hex(published.contract)
    assert json.loads(published.contract)["criteria"][0]["weight"] == 25
    assert (published.contract, published.contract_sha256) == contract_and_hash(published)


@pytest.mark.parametrize("name", ["olga", "pieter", "rachid", "amina", "axel", "adam"])
def test_nobody_but_the_head_publishes(call, olga, name):
    propose_publication(call_id=call.pk, by=olga.user)

    with pytest.raises(NotAllowed):
        publish_call(call_id=call.pk, by=factories.person(name))


def test_a_head_who_proposed_cannot_publish_and_the_database_agrees(call, helene):
    Appointment.objects.create(user=helene.user, role="officer", unit=call.unit, starts_on="2020-01-01")
    propose_publication(call_id=call.pk, by=factories.person("helene"))

    with pytest.raises(NotAllowed):
        publish_call(call_id=call.pk, by=factories.person("helene"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(published_by=helene.user)


def test_a_call_goes_back_with_a_reason_only(call, olga, helene):
    propose_publication(call_id=call.pk, by=olga.user)

    with pytest.raises(NotReady):
        return_to_draft(call_id=call.pk, by=helene.user, reason="  ")
    return_to_draft(call_id=call.pk, by=helene.user, reason="Le montant du volet B.")

    assert factories.fetch(call).return_reason == "Le montant du volet B."


def test_no_bulk_update_skips_publication(call):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(state=State.DECIDED)


@pytest.mark.parametrize(("seconds", "opens"), [(-1, False), (0, False), (59, False), (60, True), (3600, True)])
def test_assessment_opens_a_minute_after_the_deadline(open_call, olga, seconds, opens):
    moment = open_call.closes_at + timedelta(seconds=seconds)

    if opens:
        assert open_assessment(call_id=open_call.pk, by=olga.user, at=moment).state == State.IN_ASSESSMENT
    else:
        with pytest.raises(NotReady):
            open_assessment(call_id=open_call.pk, by=olga.user, at=moment)


def test_open_and_closed_are_questions_about_the_moment(open_call):
    first, last = open_call.opens_at, open_call.closes_at

    assert Call.objects.open(first).exists()
    assert Call.objects.open(last - timedelta(microseconds=1)).exists()
    assert not Call.objects.open(last).exists()
    assert not Call.objects.open(first - timedelta(microseconds=1)).exists()
    assert Call.objects.closed(last).exists()
