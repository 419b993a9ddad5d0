"""What was changed after a submission and never handed in counts nowhere once assessment is opened, and is said so."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import services
from applications.services import save_answers, save_project
from calls.models import Question
from calls.services import open_assessment
from portal.audit.models import Event
from portal.codelists.models import Goal
from portal.demo import judging
from portal.documents.models import Document
from reviews.balance import balances_of, goals_of
from reviews.board import board_of_ranking
from reviews.ranking import ranking_of
from reviews.services import approve_proposal
from tests import factories
from tests.factories import fetch, person

pytestmark = pytest.mark.django_db
OTHER = "Another project altogether"


@pytest.fixture
def changed(closed_call):
    """Handed in in French, then changed in every way that a list or a letter could show, and not handed in again."""
    application = factories.submitted(closed_call, "D-001")
    change(application)
    return fetch(application)


def change(application):
    call = application.call
    save_project(
        application_id=application.pk,
        by=person("amina"),
        at=call.closes_at - timedelta(hours=5),
        values={
            "title": OTHER,
            "language": "nl",
            "lot": call.lots.exclude(pk=application.lot_id)[0],
            "starts_on": application.starts_on + timedelta(days=60),
            "duration": application.duration + 1,
            "goals": Goal.objects.filter(code="14"),
        },
    )


def unseal(call):
    open_assessment(call_id=call.pk, by=person("olga"), at=call.closes_at + timedelta(minutes=2))


def told(application):
    return json.loads(application.versions.get().content)


def test_the_rows_say_again_what_was_handed_in_when_assessment_opens(changed):
    handed_in = told(changed)["project"]

    unseal(changed.call)

    after = fetch(changed)
    assert (after.title, after.language, after.lot.code) == (handed_in["title"], "fr", handed_in["lot"])
    assert (str(after.starts_on), after.duration) == (handed_in["starts_on"], handed_in["duration"])
    assert sorted(goal.code for goal in after.goals.all()) == handed_in["goals"]
    assert after.sector.code == handed_in["sector"]


def test_the_chain_says_which_parts_were_set_aside_and_none_of_their_words(changed):
    unseal(changed.call)

    event = Event.objects.get(verb="application.changes_set_aside")
    assert event.object == changed.audit_name
    assert event.data == {"version": 1, "parts": ["language", "duration", "goals", "lot", "starts_on", "title"]}


def test_a_file_that_was_handed_in_as_it_stands_is_left_alone(closed_call):
    application = factories.submitted(closed_call, "D-001")
    unseal(closed_call)

    assert fetch(application).set_aside_at is None
    assert not Event.objects.filter(verb="application.changes_set_aside").exists()


def test_answers_that_were_never_handed_in_are_named_and_the_answer_that_counts_is_that_of_the_version(
    closed_call, olga
):
    application = factories.submitted(closed_call, "D-001")
    question = Question.objects.get(section__call=closed_call, code="Q9")
    given = {"answers": {question: "987654"}, "at": closed_call.closes_at - timedelta(hours=5)}
    save_answers(application_id=application.pk, by=person("amina"), **given)
    unseal(closed_call)

    assert Event.objects.get(verb="application.changes_set_aside").data["parts"] == ["answers"]
    assert "987654" not in olga.get(reverse("reviews:file_application", args=[application.reference])).text


def test_a_file_withdrawn_before_assessment_says_what_was_handed_in_too(changed):
    services.withdraw_application(application_id=changed.pk, by=person("amina"), reason="No longer possible.")
    unseal(changed.call)

    assert fetch(changed).title == told(changed)["project"]["title"]


def test_pages_and_board_of_the_administration_show_the_version(changed, olga):
    handed_in = told(changed)["project"]
    unseal(changed.call)
    story = factories.story("D-001")
    judging.screen(changed, story, at=timezone.now())
    judging.review(fetch(changed), story, at=timezone.now())

    pages = [
        olga.get(reverse("reviews:file_application", args=[changed.reference])).text,
        olga.get(reverse("reviews:board", args=[changed.call.reference])).text,
    ]
    rows = board_of_ranking(ranking_of(changed.call)).rows
    goals = goals_of(row.application for row in rows)

    assert all(handed_in["title"] in text and OTHER not in text for text in pages)
    assert {share.code for share in balances_of(rows, goals, "en").goals.shares} == set(handed_in["goals"])


def test_the_letter_speaks_the_language_and_names_the_title_and_the_period_of_the_version(changed):
    handed_in = told(changed)["project"]
    unseal(changed.call)
    story, now = factories.story("D-001"), timezone.now()
    judging.screen(changed, story, at=now)
    judging.review(fetch(changed), story, at=now)
    proposal = judging.freeze(changed.call, {changed.pk: story}, at=now)

    approve_proposal(proposal_id=proposal.pk, by=person("helene"))

    letter = Document.objects.get(decision__line__proposal=proposal)
    content = json.loads(letter.content)
    assert (letter.language, letter.title) == ("fr", handed_in["title"])
    assert content["period"] == {"start_on": handed_in["starts_on"], "months": handed_in["duration"]}
    assert Decimal(content["amount_granted"]) > 0


def test_the_page_of_the_receipt_names_the_project_as_it_was_received(changed, amina):
    text = amina.get(reverse("applications:submitted", args=[changed.reference])).text

    assert told(changed)["project"]["title"] in text
    assert OTHER not in text


@pytest.mark.parametrize("is_opened", [False, True])
def test_the_applicant_reads_that_the_changes_were_not_submitted(changed, amina, is_opened):
    if is_opened:
        unseal(changed.call)
        judging.take(fetch(changed), factories.story("D-001"), at=timezone.now())

    text = amina.get(changed.get_absolute_url()).text

    assert "CHANGES NOT SUBMITTED" in text
    assert "Those changes do not count: the version you submitted does." in text
    assert ("Changes made after your submission set aside: not submitted" in text) is is_opened


def test_a_change_that_arrived_before_the_submission_and_was_saved_after_it_is_marked(draft):
    """It waited for the lock of the submission: its moment of arrival says less than the order in which both were saved."""
    arrived = draft.call.closes_at - timedelta(days=1)
    services.submit_application(application_id=draft.pk, by=person("amina"), arrived_at=arrived)
    question = Question.objects.get(section__call=draft.call, code="Q9")

    earlier = {"answers": {question: "75"}, "at": arrived - timedelta(seconds=2)}
    save_answers(application_id=draft.pk, by=person("bruno"), **earlier)

    assert fetch(draft).has_unsent_changes
