"""Handing in: the deadline, the immutable version, the receipt, and the same key twice."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from applications.choices import State
from applications.models import Application, Version
from applications.services import save_answers, start_application, submit_application
from calls.models import Call, Question
from portal.core.canonical import sha256_hex
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from tests import factories

pytestmark = pytest.mark.django_db


def hand_in(application, *, arrived_at, by="amina", key=None):
    return submit_application(application_id=application.pk, by=factories.person(by), arrived_at=arrived_at, key=key)


def test_an_application_that_arrives_one_millisecond_before_the_deadline_counts(draft):
    version = hand_in(draft, arrived_at=draft.call.closes_at - timedelta(milliseconds=1))

    assert version.number == 1
    assert factories.fetch(draft).state == State.SUBMITTED


@pytest.mark.parametrize("late", [timedelta(0), timedelta(milliseconds=1), timedelta(hours=1)])
def test_an_application_that_arrives_at_the_deadline_or_later_is_refused_and_the_draft_is_kept(draft, late):
    with pytest.raises(NotReady) as refusal:
        hand_in(draft, arrived_at=draft.call.closes_at + late)

    assert [problem.code for problem in refusal.value.problems] == ["deadline_passed"]
    assert factories.fetch(draft).state == State.DRAFT
    assert draft.answers.count() == 15


def test_only_the_signatory_hands_in(draft):
    with pytest.raises(NotAllowed):
        hand_in(draft, arrived_at=draft.call.closes_at - timedelta(days=1), by="bruno")

    assert not Version.objects.exists()


def test_an_incomplete_draft_is_refused_with_every_missing_point(open_call):
    draft = factories.empty_draft(open_call)

    with pytest.raises(NotReady) as refusal:
        hand_in(draft, arrived_at=open_call.closes_at - timedelta(days=1))

    codes = {problem.code for problem in refusal.value.problems}
    assert {"missing", "unanswered", "no_budget", "missing_annex"} <= codes
    assert all(problem.anchor for problem in refusal.value.problems)


def test_the_version_is_canonical_and_carries_its_own_hash_and_those_of_answers_and_files(draft):
    version = hand_in(draft, arrived_at=draft.call.closes_at - timedelta(days=1))

    content = json.loads(version.content)
    assert version.sha256 == sha256_hex(version.content)
    assert content["budget"]["requested"] == "121000.00"
    assert content["call"]["contract_sha256"] == draft.call.contract_sha256
    assert all(row["sha256"] == sha256_hex(row["text"]) for row in content["answers"])
    assert {row["sha256"] for row in content["annexes"]} == {file.sha256 for file in version.files.all()}


def test_a_version_cannot_be_changed_or_deleted_even_in_bulk(draft):
    version = hand_in(draft, arrived_at=draft.call.closes_at - timedelta(days=1))

    for act in (lambda rows: rows.update(content="{}"), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act(Version.objects.filter(pk=version.pk))


def test_a_version_keeps_its_files(draft):
    version = hand_in(draft, arrived_at=draft.call.closes_at - timedelta(days=1))

    with pytest.raises(ProgrammingError), transaction.atomic():
        version.files.clear()


def test_the_same_key_twice_gives_the_same_version_and_one_receipt(draft):
    key, moment = uuid.uuid4(), draft.call.closes_at - timedelta(days=1)

    first = hand_in(draft, arrived_at=moment, key=key)
    second = hand_in(draft, arrived_at=moment + timedelta(hours=1), key=key)

    assert first == second
    assert Document.objects.filter(kind="applications.receipt").count() == 1
    assert OutgoingMail.objects.filter(template="applications/receipt").count() == 1


def test_changes_after_submission_do_not_count_until_they_are_handed_in_too(draft):
    moment = draft.call.closes_at - timedelta(days=1)
    hand_in(draft, arrived_at=moment)
    question = Question.objects.get(section__call=draft.call, code="Q9")

    save_answers(
        application_id=draft.pk,
        by=factories.person("bruno"),
        answers={question: "75"},
        at=moment + timedelta(minutes=5),
    )

    assert factories.fetch(draft).has_unsent_changes
    assert '"75"' not in draft.versions.get().content
    second = hand_in(factories.fetch(draft), arrived_at=moment + timedelta(minutes=10))
    assert second.number == 2
    assert '"75"' in second.content
    assert not factories.fetch(draft).has_unsent_changes


def test_an_organisation_starts_no_more_applications_than_the_call_allows(open_call, amina):
    organisation = factories.empty_draft(open_call).organisation
    factories.empty_draft(open_call)

    with pytest.raises(NotReady) as refusal:
        start_application(call_id=open_call.pk, organisation_id=organisation.pk, by=amina.user)

    assert refusal.value.problems[0].code == "maximum_applications"
    assert Application.objects.count() == 2


def test_drafts_lapse_when_assessment_opens_and_not_before(closed_call):
    factories.submitted(closed_call, "D-001")
    never_sent = factories.empty_draft(closed_call, "D-002")
    assert never_sent.state == State.DRAFT

    factories.calls.open_assessment(Call.objects.get(pk=closed_call.pk))

    assert factories.fetch(never_sent).state == State.LAPSED
