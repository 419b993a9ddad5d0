"""The pages of a refusal at the door: the officer's draft, the head's decision, and what the file then shows."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from applications.choices import State
from reviews.choices import DraftState
from reviews.models import Decision, DraftDecision
from tests import factories
from tests.reviews import doors
from tests.reviews.pages import officer_elsewhere, page
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def draft(person, application, **told):
    said = {"outcome": "ineligible", "conclusion": doors.CONCLUSION, "why_not_cured": "", **told}
    return person.post(page("refuse", application.reference), said)


def decide(person, drafted, number=None):
    return person.post(page("refusal", drafted.application.reference), {"draft": number or drafted.pk})


def dashboard(person):
    with override("en"):
        return person.get(reverse("dashboard:home")).text


def test_the_file_page_leads_to_the_draft_only_when_an_answer_is_no(olga, closed_call):
    first, second = factories.unsealed(closed_call, "D-005", "D-003")
    doors.answer(first, "E4")
    doors.answer(second)

    assert page("refuse", first.reference) in olga.get(page("file", first.reference)).text
    assert page("refuse", second.reference) not in olga.get(page("file", second.reference)).text


def test_while_the_refusal_is_with_the_head_the_list_says_so_and_no_correction_is_offered(olga, closed_call):
    application = doors.at_the_door(closed_call, "E4")
    before = olga.get(page("file", application.reference)).text
    doors.proposed(application)

    assert page("ask_correction", application.reference) in before
    assert page("ask_correction", application.reference) not in olga.get(page("file", application.reference)).text
    assert "The head of unit decides on the refusal" in olga.get(page("work_list")).text


def test_the_officer_drafts_and_the_head_finds_it_on_the_first_page(olga, helene, closed_call):
    application = doors.at_the_door(closed_call, "E4")

    shown = olga.get(page("refuse", application.reference)).text
    answer = draft(olga, application)

    assert "Motif E4." in shown
    assert answer.status_code == 302
    assert page("refusal", application.reference) in dashboard(helene)
    assert page("refusal", application.reference) in olga.get(page("file", application.reference)).text


def test_what_was_typed_stays_when_the_draft_is_not_complete(olga, closed_call):
    application = doors.at_the_door(closed_call, "R2")

    refused = draft(olga, application, outcome="inadmissible")
    empty = draft(olga, application, outcome="inadmissible", conclusion=" ", why_not_cured=doors.WHY)

    assert refused.status_code == 409
    assert "#id_why_not_cured" in refused.text
    assert doors.CONCLUSION in refused.text
    assert empty.status_code == 422
    assert doors.WHY in empty.text
    assert not DraftDecision.objects.exists()


def test_a_ground_without_an_item_answered_no_is_not_offered(olga, closed_call):
    application = doors.at_the_door(closed_call, "E4")

    assert draft(olga, application, outcome="inadmissible").status_code == 422
    assert draft(olga, application, outcome="awarded").status_code == 422


def test_the_head_reads_the_reasons_and_what_follows_then_refuses(helene, closed_call):
    drafted = doors.proposed(doors.at_the_door(closed_call, "E4"))

    text = helene.get(page("refusal", drafted.application.reference)).text
    answer = decide(helene, drafted)

    assert [words in text for words in (doors.CONCLUSION, doors.WHY, "Motif E4.", "This cannot be undone.")] == [
        True
    ] * 4
    assert answer.status_code == 302
    assert factories.fetch(drafted.application).state == State.INELIGIBLE
    assert page("refusal", drafted.application.reference) not in dashboard(helene)


def test_a_double_click_refuses_once_and_shows_the_same_page(helene, closed_call):
    drafted = doors.proposed(doors.at_the_door(closed_call, "E4"))

    first, second = decide(helene, drafted), decide(helene, drafted)

    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Decision.objects.count() == 1


def test_another_draft_than_the_one_that_was_read_is_not_approved(helene, olga, closed_call):
    application = doors.at_the_door(closed_call, "E4")
    first = doors.proposed(application)
    helene.post(page("return_refusal", application.reference), {"reason": "Précisez le lieu."})
    second = doors.proposed(application)

    response = decide(helene, second, number=first.pk)

    assert response.status_code == 409
    assert "Read it again." in response.text
    assert factories.fetch(second).state == DraftState.PREPARED


def test_a_returned_draft_keeps_its_words_for_the_officer(olga, helene, closed_call):
    application = doors.at_the_door(closed_call, "E4")
    doors.proposed(application)

    empty = helene.post(page("return_refusal", application.reference), {"reason": " "})
    helene.post(page("return_refusal", application.reference), {"reason": "Précisez le lieu."})

    assert empty.status_code == 422
    assert "Précisez le lieu." in olga.get(page("file", application.reference)).text
    assert doors.CONCLUSION in olga.get(page("refuse", application.reference)).text


@pytest.mark.parametrize("name", ["olga", "pieter", "rachid", "amina", "axel", "adam"])
def test_nobody_but_the_head_decides_on_the_page(request, closed_call, name):
    drafted = doors.proposed(doors.at_the_door(closed_call, "E4"))
    person = request.getfixturevalue(name)

    assert decide(person, drafted).status_code == 403
    assert person.post(page("return_refusal", drafted.application.reference), {"reason": "x"}).status_code == 403
    assert factories.fetch(drafted).state == DraftState.PREPARED


def test_staff_of_another_unit_find_no_refusal(closed_call):
    drafted = doors.proposed(doors.at_the_door(closed_call, "E4"))
    otto = officer_elsewhere()

    for name in ("refuse", "refusal", "return_refusal"):
        assert otto.get(page(name, drafted.application.reference)).status_code == 404


def test_the_file_says_whether_the_applicant_knows(olga, closed_call):
    application = doors.at_the_door(closed_call, "E4")
    decision = doors.refused(application)

    waiting = olga.get(page("file", application.reference)).text
    seal(decision.document_id)
    told = olga.get(page("file", application.reference)).text

    assert "The letter is being made." in waiting
    assert "Notified to the applicant on" in told
    assert decision.number in told


def test_the_pages_of_a_refusal_ask_at_most_twelve_questions(olga, helene, closed_call, django_assert_max_num_queries):
    application = doors.at_the_door(closed_call, "E4", "E2")
    with django_assert_max_num_queries(12):
        olga.get(page("refuse", application.reference))
    doors.proposed(application)

    for person, name in ((helene, "refusal"), (helene, "return_refusal"), (olga, "file")):
        with django_assert_max_num_queries(12):
            person.get(page(name, application.reference))
