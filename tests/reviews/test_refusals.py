"""A refusal at the door: an officer drafts it, the head decides, and the applicant knows with the sealed letter."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from applications.choices import State
from applications.services import expire_corrections
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.audit.models import Event
from portal.core.exceptions import NotAllowed, NotReady
from portal.documents.models import Document
from portal.documents.registry import follow_seal
from portal.documents.services import render_document
from portal.mail.models import OutgoingMail
from portal.organisations.models import Membership
from reviews.choices import DraftState
from reviews.desk import letters_to_post
from reviews.models import Decision, DraftDecision
from reviews.services import (
    admit,
    answer_items,
    approve_refusal,
    propose_refusal,
    return_refusal,
)
from tests import factories
from tests.applications.papers import entered
from tests.reviews import doors
from tests.reviews.corrections import asked, point
from tests.reviews.pages import appoint
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def refusal_mails(application):
    mails = OutgoingMail.objects.filter(about=application.audit_name, template="reviews/decision_notified")
    return list(mails.values_list("key", flat=True))


def events(application):
    return list(Event.objects.about(application.audit_name).order_by("seq").values_list("verb", flat=True))


# Drafting ---------------------------------------------------------------------------------------


def test_a_draft_keeps_the_file_in_screening_and_the_items_as_they_were_answered(closed_call):
    application = doors.at_the_door(closed_call, "E4", "R1")

    draft = doors.proposed(application)

    assert factories.fetch(application).state == State.IN_SCREENING
    assert draft.state == DraftState.PREPARED
    assert [(row["code"], row["reason"]) for row in json.loads(draft.content)] == [("E4", "Motif E4.")]
    assert not Document.objects.filter(kind__startswith="reviews.").exists()
    assert events(application)[-1] == "application.refusal_proposed"


@pytest.mark.parametrize(("outcome", "failed"), [("inadmissible", "E4"), ("ineligible", "R1"), ("rejected", "E4")])
def test_a_file_is_refused_only_on_an_item_of_that_kind_that_is_answered_no(closed_call, outcome, failed):
    application = doors.at_the_door(closed_call, failed)

    with pytest.raises(NotReady) as refusal:
        doors.proposed(application, outcome)

    assert [problem.code for problem in refusal.value.problems] == ["no_item"]


def test_a_curable_item_that_nobody_asked_to_cure_needs_a_sentence_why(closed_call):
    application = doors.at_the_door(closed_call, "R2")

    with pytest.raises(NotReady) as refusal:
        doors.proposed(application, "inadmissible", why_not_cured=" ")
    draft = doors.proposed(application, "inadmissible")

    assert [problem.code for problem in refusal.value.problems] == ["not_cured"]
    assert "R2" in str(refusal.value.problems[0])
    assert draft.why_not_cured == doors.WHY


def test_an_item_that_cannot_be_cured_needs_none_and_the_letter_says_so(closed_call):
    application = doors.at_the_door(closed_call, "R1")
    draft = doors.proposed(application, "inadmissible", why_not_cured="")

    approve_refusal(draft_id=draft.pk, by=factories.person("helene"))

    (item,) = json.loads(Document.objects.get(kind="reviews.inadmissible").content)["items"]
    assert item["not_cured"].strip()


def test_an_item_that_a_request_for_correction_named_needs_none_either(closed_call):
    application = doors.at_the_door(closed_call, "R2")
    asked(application, points=[point(application, "R2")])
    expire_corrections(at=application.correction.due_at + timedelta(days=1))

    draft = doors.proposed(factories.fetch(application), "inadmissible", why_not_cured="")

    assert json.loads(draft.content)[0]["was_asked"] is True


def test_a_refusal_without_a_conclusion_is_refused(closed_call):
    application = doors.at_the_door(closed_call, "E4")

    with pytest.raises(NotReady) as refusal:
        doors.proposed(application, conclusion="  ")

    assert [problem.code for problem in refusal.value.problems] == ["no_conclusion"]


def test_a_file_has_one_open_draft_and_its_checklist_rests_meanwhile(closed_call):
    application = doors.at_the_door(closed_call, "E4")
    doors.proposed(application)

    for act in (
        lambda: doors.proposed(application),
        lambda: doors.save_answers(application),
        lambda: admit(application_id=application.pk, by=factories.person("olga")),
    ):
        with pytest.raises(NotReady) as refusal:
            act()
        assert "refusal" in [problem.code for problem in refusal.value.problems]
    with pytest.raises(IntegrityError), transaction.atomic():
        draft = DraftDecision.objects.get()
        draft.pk = None
        draft.save(force_insert=True)


@pytest.mark.parametrize("name", ["helene", "rachid", "amina", "axel", "adam"])
def test_nobody_but_an_officer_proposes_a_refusal(closed_call, name):
    application = doors.at_the_door(closed_call, "E4")

    with pytest.raises(NotAllowed):
        propose_refusal(
            application_id=application.pk, by=factories.person(name), outcome="ineligible", conclusion=doors.CONCLUSION
        )


def test_a_draft_cannot_be_rewritten(closed_call):
    doors.proposed(doors.at_the_door(closed_call, "E4"))

    with pytest.raises(ProgrammingError), transaction.atomic():
        DraftDecision.objects.update(conclusion="Autre chose.")


# Returning --------------------------------------------------------------------------------------


def test_a_returned_draft_says_why_and_opens_the_checklist_again(closed_call, helene):
    application = doors.at_the_door(closed_call, "E4")
    draft = doors.proposed(application)

    with pytest.raises(NotReady):
        return_refusal(draft_id=draft.pk, by=helene.user, reason=" ")
    return_refusal(draft_id=draft.pk, by=helene.user, reason="Précisez le lieu.")

    assert factories.fetch(draft).return_reason == "Précisez le lieu."
    doors.save_answers(application, "E4")
    doors.proposed(application)


def test_a_returned_draft_is_no_longer_approved(closed_call, helene):
    draft = doors.proposed(doors.at_the_door(closed_call, "E4"))
    return_refusal(draft_id=draft.pk, by=helene.user, reason="Précisez le lieu.")

    with pytest.raises(NotReady):
        approve_refusal(draft_id=draft.pk, by=helene.user)
    assert not Decision.objects.exists()


# Deciding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("outcome", "failed"), [("inadmissible", "R1"), ("ineligible", "E4")])
def test_the_head_decides_and_the_number_follows_the_series_of_the_call(closed_call, outcome, failed):
    decision = doors.refused(doors.at_the_door(closed_call, failed), outcome)

    assert decision.number == f"{closed_call.reference}-{decision.decided_at.year}-0001"
    assert (decision.outcome, decision.amount, decision.line) == (outcome, 0, None)
    assert factories.fetch(decision.application).state == outcome
    assert decision.document.kind == f"reviews.{outcome}"


@pytest.mark.parametrize("name", ["olga", "pieter", "rachid", "amina", "axel", "adam"])
def test_nobody_but_the_head_approves_a_refusal(closed_call, name):
    draft = doors.proposed(doors.at_the_door(closed_call, "E4"))

    with pytest.raises(NotAllowed):
        approve_refusal(draft_id=draft.pk, by=factories.person(name))


def test_a_head_who_prepared_and_screened_does_not_approve_not_even_past_the_services(closed_call, olga):
    application = doors.at_the_door(closed_call, "E4")
    draft = doors.proposed(application)
    appoint("olga", Role.UNIT_HEAD, closed_call.unit)

    with pytest.raises(NotAllowed):
        approve_refusal(draft_id=draft.pk, by=factories.person("olga"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            application=application,
            draft=draft,
            number="FORCED-1",
            outcome="ineligible",
            amount=0,
            prepared_by=factories.person("pieter"),
            approved_by=olga.user,
            decided_at=timezone.now(),
        )


def test_a_head_who_belongs_to_the_applicant_does_not_approve(closed_call, helene):
    application = doors.at_the_door(closed_call, "E4")
    draft = doors.proposed(application)
    Membership.objects.create(user=helene.user, organisation=application.organisation)

    with pytest.raises(NotAllowed):
        approve_refusal(draft_id=draft.pk, by=factories.person("helene"))


@pytest.mark.parametrize("outcome", ["ineligible", "awarded"])
def test_a_decision_at_the_door_has_a_draft_and_no_line_and_the_others_a_line_and_no_draft(closed_call, outcome):
    application = doors.at_the_door(closed_call, "E4")
    draft = doors.proposed(application)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            application=application,
            draft=draft if outcome == "awarded" else None,
            number="FORCED-1",
            outcome=outcome,
            amount=1 if outcome == "awarded" else 0,
            prepared_by=draft.prepared_by,
            approved_by=factories.person("helene"),
            decided_at=timezone.now(),
        )


@pytest.mark.parametrize("ends", ["leaves", "cannot sign in"])
def test_a_file_of_which_nobody_signs_any_more_is_told_by_post(closed_call, ends):
    file = doors.at_the_door(closed_call, "R1")
    owners = file.organisation.memberships.filter(role="owner")
    if ends == "leaves":
        owners.delete()
    else:
        User.objects.filter(memberships__in=owners).update(is_active=False)

    decision = doors.told(factories.fetch(file), "inadmissible")

    assert json.loads(decision.document.content)["by_post"]
    assert not OutgoingMail.objects.filter(key__startswith="decision:").exists()
    assert decision.document in letters_to_post(factories.person("olga"))


def test_a_letter_that_its_addressee_opened_is_not_to_be_posted(closed_call):
    file = doors.at_the_door(closed_call, "R1")
    decision = doors.told(file, "inadmissible")
    assert not letters_to_post(factories.person("olga")).exists()

    Document.objects.issued().update(first_opened_at=timezone.now())
    file.organisation.memberships.all().delete()

    assert decision.document not in letters_to_post(factories.person("olga"))


def test_a_paper_file_is_told_by_post_and_one_from_the_portal_is_not(closed_call):
    by_portal = doors.at_the_door(closed_call, "R1")
    by_paper = entered(closed_call)
    doors.answer(by_paper, "R1")

    letters = [doors.refused(factories.fetch(file), "inadmissible").document for file in (by_portal, by_paper)]

    assert [json.loads(letter.content)["by_post"] for letter in letters] == [False, True]


def test_a_second_approval_finds_the_draft_settled(closed_call, helene):
    decision = doors.refused(doors.at_the_door(closed_call, "E4"))

    with pytest.raises(NotReady):
        approve_refusal(draft_id=decision.draft_id, by=helene.user)
    assert Decision.objects.count() == 1


# Telling ----------------------------------------------------------------------------------------


def test_the_applicant_reads_being_checked_until_the_letter_is_sealed(closed_call):
    application = doors.at_the_door(closed_call, "E4")
    before = str(application.applicant_label)

    decision = doors.refused(application)
    waiting = factories.fetch(application)
    seal(decision.document_id)
    told = factories.fetch(application)

    assert str(waiting.applicant_label) == before
    assert waiting.notified_at is None
    assert str(told.applicant_label) != before
    assert factories.fetch(decision.document).released_at == told.notified_at
    assert [key.rpartition(":")[0] for key in refusal_mails(application)] == [f"decision:{decision.number}"]
    assert events(application)[-2:] == ["application.refused", "application.notified"]


def test_the_page_of_the_applicant_says_nothing_before_the_letter_is_sealed(closed_call, amina):
    application = doors.at_the_door(closed_call, "E4", reference="D-001")
    address = application.get_absolute_url()
    decision = doors.refused(application)

    waiting = amina.get(address).text
    seal(decision.document_id)
    told = amina.get(address).text

    assert decision.number not in waiting
    assert decision.number in told
    assert str(factories.fetch(application).applicant_label) in told


def test_a_refusal_is_told_once_however_often_the_seal_is_followed(closed_call):
    application = doors.at_the_door(closed_call, "E4")
    document = doors.told(application).document
    moment, mails = factories.fetch(application).notified_at, refusal_mails(application)

    assert follow_seal(document.kind, document, timezone.now()) == []

    assert factories.fetch(application).notified_at == moment
    assert refusal_mails(application) == mails


def test_a_letter_whose_consequence_fails_is_neither_sealed_nor_told(closed_call, monkeypatch):
    application = doors.at_the_door(closed_call, "E4")
    decision = doors.refused(application)

    def no_mail(message):
        raise RuntimeError("no mail today")

    monkeypatch.setattr("reviews.services.refusals.post", no_mail)

    assert render_document(document_id=decision.document_id) is False
    assert factories.fetch(decision.document).released_at is None
    assert factories.fetch(application).notified_at is None


def test_the_answers_of_another_file_stay_open(closed_call):
    first, second = factories.unsealed(closed_call, "D-005", "D-003")
    doors.answer(first, "E4")
    doors.answer(second)
    doors.proposed(first)

    answer_items(application_id=second.pk, by=factories.person("olga"), answers=[])
    admit(application_id=second.pk, by=factories.person("olga"))

    assert factories.fetch(second).state == State.IN_REVIEW
