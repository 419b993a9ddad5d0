"""The review: saved as often as one likes, locked once, and hidden from everyone until then."""

import pytest
from django.utils import timezone

from portal.accounts.choices import Role
from portal.demo import judging
from reviews.choices import AssignmentState, ConflictAnswer
from reviews.models import Score
from reviews.services import declare_conflict, lock_review
from tests import factories
from tests.reviews.pages import appoint, assigned, page

pytestmark = pytest.mark.django_db

REASON = "The need is shown by a survey of 120 women, and the link with the goals of the call is clear and measurable."


@pytest.fixture
def application(closed_call):
    (application,) = factories.admitted(closed_call, "D-002")
    return application


@pytest.fixture
def review(application):
    return opened(application, "rachid")


def opened(application, name):
    review = assigned(application, name)
    return declare_conflict(assignment_id=review.pk, by=factories.person(name), answer=ConflictAnswer.NONE)


def scored(review):
    judging.score_all(review, factories.story("D-002")["reviews"][review.reviewer.email])
    return review


def locked(application, name):
    review = scored(opened(application, name))
    return lock_review(assignment_id=review.pk, by=review.reviewer)


def test_a_save_keeps_an_unfinished_review(rachid, review):
    typed = {"score_C1": "4.0", "reason_C1": "To be finished.", "reason_C2": "Only a note."}

    response = rachid.post(page("review", review.pk), typed)

    assert response.status_code == 302
    kept = {row.criterion.code: (row.score, row.reason) for row in Score.objects.select_related("criterion")}
    assert kept == {"C1": (4, "To be finished."), "C2": (None, "Only a note.")}


def test_points_and_total_come_at_once_from_the_server(rachid, review):
    typed = {"score_C1": "4.0", "reason_C1": REASON, "score_C2": "3.0"}

    response = rachid.post(page("review", review.pk), typed, headers={"HX-Request": "true"})

    text = " ".join(response.text.split())
    assert response.status_code == 200
    assert "32 points out of 45" in text
    assert 'id="points-C1" hx-swap-oob="true"' in text
    assert "<b>20 points</b>" in text
    assert "<html" not in text


def test_a_save_writes_only_what_differs(rachid, review):
    typed = {"score_C1": "4.0", "reason_C1": REASON}
    rachid.post(page("review", review.pk), typed)
    before = Score.objects.get().saved_at

    rachid.post(page("review", review.pk), {**typed, "score_C2": "2.5"})

    assert Score.objects.get(criterion__code="C1").saved_at == before
    assert Score.objects.get(criterion__code="C2").score == 2.5


@pytest.mark.parametrize("score", ["5.5", "-1", "4.25", "four"])
def test_a_score_off_the_scale_is_refused_and_nothing_typed_is_lost(rachid, review, score):
    response = rachid.post(page("review", review.pk), {"score_C1": score, "reason_C1": REASON})

    assert response.status_code == 422
    assert REASON in response.text
    assert not Score.objects.exists()


def test_the_page_before_the_lock_names_what_is_missing_with_links(rachid, review):
    rachid.post(page("review", review.pk), {"score_C1": "4.0", "reason_C1": "Too short."})

    response = rachid.get(page("lock", review.pk))

    assert f"{page('review', review.pk)}#criterion-C1" in response.text
    assert "at least 100 characters" in response.text
    assert rachid.post(page("lock", review.pk)).status_code == 409
    assert factories.fetch(review).state == AssignmentState.IN_PROGRESS


def test_a_locked_review_can_be_read_and_no_longer_changed(rachid, review):
    scored(review)

    assert rachid.post(page("lock", review.pk)).status_code == 302
    response = rachid.get(page("review", review.pk))
    refused = rachid.post(page("review", review.pk), {"score_C1": "0.0", "reason_C1": "Changed my mind."})

    assert "can no longer be changed" in response.text
    assert 'type="radio"' not in response.text
    assert refused.status_code == 409
    assert not Score.objects.filter(reason="Changed my mind.").exists()


def test_a_second_click_on_the_lock_shows_the_locked_review(rachid, review):
    scored(review)
    rachid.post(page("lock", review.pk))

    response = rachid.post(page("lock", review.pk), follow=True)

    assert response.status_code == 200
    assert "can no longer be changed" in response.text


def test_a_reviewer_never_sees_the_other_reviewer_on_the_own_page(rachid, review, application):
    other = locked(application, "sofie")

    text = rachid.get(page("review", review.pk)).text

    assert [row.reason for row in other.scores.all() if row.reason in text] == []
    assert other.reviewer.name not in text


def test_nobody_opens_the_review_of_somebody_else(sofie, amina, olga, review):
    assert sofie.get(page("review", review.pk)).status_code == 404
    assert sofie.post(page("review", review.pk), {"score_C1": "0.0"}).status_code == 404
    assert amina.get(page("review", review.pk)).status_code == 403
    assert olga.post(page("review", review.pk), {"score_C1": "0.0"}).status_code == 403
    assert not Score.objects.exists()


@pytest.mark.parametrize("name", ["olga", "helene", "axel"])
def test_the_case_file_shows_a_review_only_once_it_is_locked(request, name, review, application):
    reader = request.getfixturevalue(name)
    scored(review)
    reasons = [row.reason for row in review.scores.all()]
    before = reader.get(page("file_reviews", application.reference)).text

    lock_review(assignment_id=review.pk, by=review.reviewer)
    after = reader.get(page("file_reviews", application.reference)).text

    assert [reason for reason in reasons if reason in before] == []
    assert [reason for reason in reasons if reason not in after] == []


def test_an_officer_who_reviews_the_file_sees_the_other_scores_only_when_both_are_locked(rachid, review, application):
    appoint("rachid", Role.OFFICER, application.call.unit)
    other = locked(application, "sofie")
    reason = other.scores.first().reason

    before = rachid.get(page("file_reviews", application.reference)).text
    scored(review)
    lock_review(assignment_id=review.pk, by=review.reviewer, at=timezone.now())
    after = rachid.get(page("file_reviews", application.reference)).text

    assert reason not in before
    assert "You judge this file yourself" in before
    assert reason in after


def test_the_head_of_unit_has_no_form_for_scores(helene, review):
    assert helene.get(page("review", review.pk)).status_code == 403
    assert helene.post(page("review", review.pk), {"score_C1": "5.0"}).status_code == 403
    assert not Score.objects.exists()


def test_the_review_page_stays_within_its_queries(rachid, review, django_assert_max_num_queries):
    scored(review)

    with django_assert_max_num_queries(12):
        assert rachid.get(page("review", review.pk)).status_code == 200
