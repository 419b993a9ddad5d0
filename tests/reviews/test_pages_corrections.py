"""The pages of a correction: asked at the desk, answered by the applicant, confirmed by a reviewer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from applications.choices import State
from applications.models import Correction
from reviews.models import Assignment
from tests import factories
from tests.reviews.corrections import annex, answered, asked, attach, in_screening, other_file, point, question
from tests.reviews.pages import page

pytestmark = pytest.mark.django_db


def own(name, application, *more):
    with override("en"):
        return reverse(f"applications:{name}", args=[application.reference, *more])


@pytest.fixture
def file(closed_call):
    return in_screening(closed_call)


def wanted(file, **changes):
    return {
        "ask_R3": "on",
        "missing_R3": "L’attestation porte sur un autre compte.",
        "accepted_R3": "Une attestation récente.",
        "annexes": [f"annex-{annex(file).pk}"],
        "due_on": (timezone.localdate() + timedelta(days=10)).isoformat(),
        **changes,
    }


def test_olga_asks_for_a_correction_from_the_file(olga, file):
    assert page("ask_correction", file.reference) in olga.get(page("file", file.reference)).text

    response = olga.post(page("ask_correction", file.reference), wanted(file), follow=True)

    correction = Correction.objects.get()
    assert correction.number in response.text
    assert "Awaited until" in response.text
    assert factories.fetch(file).state == State.CORRECTION_REQUESTED


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"ask_R3": ""}, 409, "Choose at least one item that is to be corrected."),
        ({"accepted_R3": ""}, 409, "Write what is missing and what is accepted, on item R3."),
        ({"annexes": []}, 409, "Choose at least one annex or question that the applicant may change."),
        ({"due_on": "yesterday"}, 422, "Write a date, for example 31/12/2027."),
        ({"due_on": "2020-01-01"}, 409, "Choose a day after today: the applicant needs time to answer."),
    ],
)
def test_a_request_that_is_not_ready_is_refused_and_nothing_typed_is_lost(olga, file, changes, status, sentence):
    response = olga.post(page("ask_correction", file.reference), wanted(file, **changes))

    assert response.status_code == status
    assert sentence in response.text
    assert "L’attestation porte sur un autre compte." in response.text
    assert factories.fetch(file).state == State.IN_SCREENING


def test_a_second_request_is_refused_with_a_sentence(olga, file):
    correction = asked(file)
    answered(factories.fetch(file))

    response = olga.get(page("ask_correction", file.reference))

    assert "there is one round only" in response.text
    assert "Send the request" not in response.text
    assert correction.number in olga.get(page("file", file.reference)).text


def test_amina_reads_until_when_her_action_is_needed_and_what_is_open(amina, file):
    correction = asked(file)

    response = amina.get(own("task_list", file))

    assert "Your action is needed before" in response.text
    assert correction.points.get().missing in response.text
    assert f"{own('annexes', file)}#annex-A6" in response.text


def test_only_the_named_annex_is_open(amina, file):
    asked(file)

    response = amina.get(own("annexes", file))

    assert 'id="annex-A6"' in response.text
    assert 'id="annex-A5"' not in response.text
    assert amina.get(own("project", file)).status_code == 302
    assert amina.get(own("budget", file)).status_code == 302
    assert amina.get(own("section", file, "S1")).status_code == 302
    response = amina.post(own("annexes", file), {"annex": "A5", "file": other_file()})
    assert response.status_code == 422


def test_only_the_named_question_is_open(amina, file):
    asked(file, points=[point(file, "R2")], opened=[question(file)])
    code = question(file).section.code

    response = amina.get(own("section", file, code))

    assert 'name="Q9"' in response.text
    assert response.text.count('hx-post="/en/applications/') == 1
    assert amina.get(own("annexes", file)).status_code == 302
    amina.post(own("section", file, code), {"Q9": "75"})
    assert file.answers.get(question__code="Q9").text == "75"


def test_amina_corrects_and_sends_without_javascript(amina, file):
    asked(file)

    amina.post(own("annexes", file), {"annex": "A6", "file": other_file()})
    before = amina.get(own("correct", file))
    after = amina.post(own("correct", file), follow=True)

    assert "attestation-corrigee.pdf" in before.text
    assert "Send the correction" in before.text
    assert "version 2" in after.text
    assert factories.fetch(file).state == State.IN_SCREENING


def test_a_correction_that_changes_nothing_is_refused_on_the_page(amina, file):
    asked(file)

    response = amina.post(own("correct", file))

    assert response.status_code == 409
    assert "You have not changed anything yet" in response.text


def test_a_correction_that_comes_too_late_is_refused_with_its_moment(amina, file, at):
    correction = asked(file)
    attach(file)
    at(correction.due_at + timedelta(seconds=2))
    amina.force_login(amina.user)

    response = amina.post(own("correct", file))

    assert response.status_code == 409
    assert "The correction was awaited until" in response.text
    assert amina.get(own("annexes", file)).status_code == 302


def test_bruno_reads_what_is_asked_and_cannot_change_or_send_it(bruno, file):
    asked(file)

    text = bruno.get(own("task_list", file)).text

    assert "A person who signs for your organisation corrects and sends" in text
    assert bruno.get(own("annexes", file)).status_code == 302
    assert bruno.post(own("annexes", file), {"annex": "A6", "file": other_file()}).status_code == 403
    assert bruno.get(own("correct", file)).status_code == 403


def test_olga_sees_what_changed_and_answers_the_checklist_again(olga, file):
    asked(file)
    answered(factories.fetch(file))

    changed = olga.get(page("file_application", file.reference)).text

    assert "What the correction changed" in changed
    assert "attestation-corrigee.pdf" in changed
    assert "Required annexes that are missing: 0." in olga.get(page("file", file.reference)).text


def test_a_reviewer_confirms_on_a_page_that_shows_the_difference(rachid, closed_call):
    from portal.demo import judging
    from reviews.services import assign_reviewer, declare_conflict, lock_review

    (file,) = factories.admitted(closed_call, "D-001")
    review = assign_reviewer(application_id=file.pk, reviewer_id=rachid.user.pk, by=factories.person("olga"))
    declare_conflict(assignment_id=review.pk, by=rachid.user, answer="none")
    judging.score_all(factories.fetch(review), factories.story("D-001")["reviews"][rachid.user.email])
    lock_review(assignment_id=review.pk, by=rachid.user)
    asked(factories.fetch(file))
    answered(factories.fetch(file))

    assert page("confirm", review.pk) in rachid.get(page("my_reviews")).text
    assert "attestation-corrigee.pdf" in rachid.get(page("confirm", review.pk)).text
    rachid.post(page("confirm", review.pk))

    assert not Assignment.objects.get(pk=review.pk).is_stale
    assert rachid.get(page("confirm", review.pk)).status_code == 302


def test_the_file_page_asks_the_database_few_times(olga, file, django_assert_max_num_queries):
    asked(file)
    answered(factories.fetch(file))

    with django_assert_max_num_queries(12):
        olga.get(page("file", file.reference))
    with django_assert_max_num_queries(12):
        olga.get(page("file_application", file.reference))


def test_the_page_of_what_is_asked_needs_few_queries(amina, file, django_assert_max_num_queries):
    asked(file)

    with django_assert_max_num_queries(12):
        amina.get(own("task_list", file))
