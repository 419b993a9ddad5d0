"""Entering a paper application: no deadline, no readiness, the same version and receipt, and letters by post."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from django.utils.translation import override

from applications.choices import State
from applications.models import Application, Sending
from applications.services import record_sending
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.letter import write_letter
from portal.documents.models import Document
from portal.files.services import store_bytes
from portal.mail.models import OutgoingMail
from portal.organisations.choices import MemberRole
from portal.organisations.models import Organisation
from reviews.checks import findings
from reviews.desk import letters_to_post
from reviews.services import assign_reviewer, take_in_screening
from tests import factories
from tests.applications.papers import NEW, entered, paper
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def test_a_paper_application_is_submitted_since_it_arrived_with_its_scan_and_receipt(closed_call):
    received = closed_call.closes_at + timedelta(seconds=1)

    application = entered(closed_call, received_at=received)

    version = application.versions.get()
    content = json.loads(version.content)
    assert (application.state, application.submitted_at, application.channel) == (State.SUBMITTED, received, "paper")
    assert version.amount_requested == 38_000
    assert content["paper"]["scan"]["name"] == "scan-aanvraag.pdf"
    assert version.files.get() == application.scan
    assert Document.objects.get(about=application.audit_name).number == f"{application.reference}-R1"


def test_the_receipt_says_that_the_application_came_on_paper_and_lists_the_scan(closed_call):
    application = entered(closed_call, language="fr")
    receipt = Document.objects.get(about=application.audit_name)

    said = json.loads(receipt.content)
    assert said["channel"] == "paper"
    assert said["can_change"] is False
    assert said["files"][0]["name"] == "scan-aanvraag.pdf"
    assert said["files"][0]["sha256"] in write_letter(receipt).html


def test_a_new_organisation_is_entered_and_a_known_one_is_not_entered_twice(closed_call):
    first = entered(closed_call)

    assert Organisation.objects.get(enterprise_number="0403019261") == first.organisation
    assert not first.organisation.memberships.exists()
    with pytest.raises(NotReady) as refusal:
        entered(closed_call)
    assert codes(refusal) == ["known"]
    assert entered(closed_call, organisation=first.organisation).ordinal == 2


def test_an_impossible_number_and_missing_words_of_the_organisation_are_refused(closed_call):
    from dataclasses import replace

    with pytest.raises(NotReady) as refusal:
        entered(closed_call, organisation=replace(NEW, enterprise_number="0403.019.262", city=""))

    assert codes(refusal) == ["wrong_number", "missing"]
    assert not Application.objects.exists()


def test_a_moment_of_receipt_in_the_future_is_refused(closed_call):
    with pytest.raises(NotReady) as refusal:
        entered(closed_call, received_at=timezone.now() + timedelta(minutes=1))

    assert codes(refusal) == ["future"]
    assert not Organisation.objects.filter(name=NEW.name).exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"title": " "}, "no_title"), ({"amount": 0}, "no_amount")],
)
def test_a_paper_application_without_title_or_amount_is_refused(closed_call, changes, code):
    with pytest.raises(NotReady) as refusal:
        entered(closed_call, **changes)

    assert codes(refusal) == [code]


def test_a_scan_of_another_kind_is_refused(closed_call):
    with pytest.raises(NotReady) as refusal:
        entered(closed_call, scan=store_bytes(b"words", "text/plain"))

    assert codes(refusal) == ["scan_kind"]


def test_a_draft_call_takes_no_paper():
    call = factories.draft_call()

    with pytest.raises(NotReady) as refusal:
        entered(call)

    assert codes(refusal) == ["call_state"]


def test_a_track_of_another_call_is_refused(closed_call):
    other = factories.draft_call("OTHER")

    with pytest.raises(NotReady) as refusal:
        entered(closed_call, track=other.tracks.get(code="B"))

    assert codes(refusal) == ["other_call"]


@pytest.mark.parametrize("name", ["amina", "rachid", "helene", "axel", "adam"])
def test_only_an_officer_enters_a_paper_application(closed_call, name):
    with pytest.raises(NotAllowed):
        entered(closed_call, by=name)


def test_an_officer_who_belongs_to_the_organisation_does_not_enter_its_application(closed_call):
    organisation = Organisation.objects.get(memberships__user=factories.person("amina"))
    organisation.memberships.create(user=factories.person("olga"), role=MemberRole.MEMBER)

    with pytest.raises(NotReady) as refusal:
        entered(closed_call, organisation=organisation)

    assert codes(refusal) == ["tie"]


def test_a_paper_application_is_taken_in_screening_also_after_the_assessment_was_opened(closed_call):
    factories.unsealed(closed_call, "D-001")
    application = entered(closed_call)

    take_in_screening(application_id=application.pk, by=factories.person("olga"))

    assert factories.fetch(application).state == State.IN_SCREENING
    assert application.number == 2


def test_screening_finds_that_a_paper_application_came_one_second_late(closed_call):
    application = entered(closed_call, received_at=closed_call.closes_at + timedelta(seconds=1))

    with override("en"):
        found = findings(application)

    assert not found["deadline"][0]
    assert not found["annexes_present"][0]


def test_who_entered_a_file_does_not_review_it(closed_call):
    from tests.reviews.pages import appoint

    factories.unsealed(closed_call, "D-001")
    application = entered(closed_call)
    take_in_screening(application_id=application.pk, by=factories.person("pieter"))
    appoint("olga", "reviewer", closed_call.unit)

    with pytest.raises(NotReady) as refusal:
        assign_reviewer(
            application_id=application.pk, reviewer_id=factories.person("olga").pk, by=factories.person("pieter")
        )

    assert codes(refusal) == ["entered"]


def test_the_database_refuses_paper_without_a_scan_and_a_scan_without_paper(closed_call):
    application = entered(closed_call)

    for change in ({"scan": None}, {"channel": "portal"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**change)


def test_nobody_is_mailed_about_an_organisation_without_members_and_its_letter_waits_for_the_post(closed_call):
    application = entered(closed_call)
    receipt = sealed(application)

    assert not OutgoingMail.objects.exists()
    assert list(letters_to_post(factories.person("olga"))) == [receipt]
    post(receipt)
    assert not letters_to_post(factories.person("olga")).exists()


def test_the_members_of_a_known_organisation_are_mailed_and_nothing_waits_for_the_post(closed_call):
    organisation = Organisation.objects.get(memberships__user=factories.person("bruno"))
    sealed(entered(closed_call, organisation=organisation))

    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"amina@example.org"}
    assert not letters_to_post(factories.person("olga")).exists()


def sealed(application):
    receipt = Document.objects.get(about=application.audit_name)
    seal(receipt.pk)
    return factories.fetch(receipt)


def post(document, *, by="olga", channel="registered_post", number="RP 0001", days=0):
    return record_sending(
        document_id=document.pk,
        by=factories.person(by),
        channel=channel,
        number=number,
        sent_on=timezone.localdate() + timedelta(days=days),
    )


def test_a_sending_is_recorded_once_and_never_changes(closed_call):
    receipt = sealed(entered(closed_call))

    sending = post(receipt)

    with pytest.raises(NotReady) as refusal:
        post(receipt)
    assert codes(refusal) == ["recorded"]
    for act in (lambda rows: rows.update(number="other"), lambda rows: rows.delete()):
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            act(Sending.objects.filter(pk=sending.pk))


@pytest.mark.parametrize(
    ("changes", "code"), [({"days": 1}, "future"), ({"days": -1}, "too_early"), ({"number": ""}, "no_number")]
)
def test_a_sending_has_a_possible_day_and_a_registered_letter_its_number(closed_call, changes, code):
    receipt = sealed(entered(closed_call))

    with pytest.raises(NotReady) as refusal:
        post(receipt, **changes)

    assert codes(refusal) == [code]


def test_a_letter_that_is_not_sealed_is_not_sent(closed_call):
    receipt = Document.objects.get(about=entered(closed_call).audit_name)

    with pytest.raises(NotReady) as refusal:
        post(receipt)

    assert codes(refusal) == ["not_released"]


@pytest.mark.parametrize("name", ["amina", "rachid", "helene", "axel", "adam"])
def test_only_an_officer_records_a_sending(closed_call, name):
    receipt = sealed(entered(closed_call))

    with pytest.raises(NotAllowed):
        post(receipt, by=name)


def test_an_amount_that_the_paper_asks_is_the_amount_of_the_file(closed_call):
    application = entered(closed_call)

    assert application.income_lines.get().amount == paper(closed_call).amount
    assert not factories.fetch(application).has_unsent_changes
