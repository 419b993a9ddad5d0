"""Recusal, unlocking, reopening and the third reading; and no file that sticks in review."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from applications.choices import State
from applications.models import Application
from portal.accounts.choices import Role
from portal.core.exceptions import NotAllowed, NotReady
from portal.demo import judging
from reviews.choices import AssignmentState
from reviews.models import Reopening, Score
from reviews.points import result_of
from reviews.services import (
    complete_review,
    declare_conflict,
    freeze_proposal,
    lock_review,
    recuse,
    reopen_review,
    save_score,
    settle_doubt,
    unlock_review,
)
from tests import factories
from tests.reviews import corrections
from tests.reviews.pages import appoint, assigned, page

pytestmark = pytest.mark.django_db

REASON = "Un lien familial est apparu depuis la déclaration."


def review_of(application, name):
    return application.assignments.get(reviewer=factories.person(name))


def score_and_lock(assignment, told="D-001", **scores):
    declare_conflict(assignment_id=assignment.pk, by=assignment.reviewer, answer="none")
    judging.score_all(assignment, factories.story(told)["reviews"]["rachid@example.org"])
    for code, score in scores.items():
        criterion = assignment.application.call.criteria.get(code=code)
        reason = Score.objects.get(assignment=assignment, criterion=criterion).reason
        save_score(
            assignment_id=assignment.pk,
            criterion=criterion,
            by=assignment.reviewer,
            score=Decimal(score),
            reason=reason,
        )
    lock_review(assignment_id=assignment.pk, by=assignment.reviewer)


def third_reviewer(call):
    appoint("pieter", Role.REVIEWER, call.unit)
    return "pieter"


# Recusal ----------------------------------------------------------------------------------------


def test_a_recusal_voids_the_scores_closes_the_file_and_stays_visible(closed_call, rachid, olga):
    (application,) = factories.reviewed(closed_call, "D-001")
    review = review_of(application, "rachid")
    assert rachid.get(page("review", review.pk)).status_code == 200

    recuse(assignment_id=review.pk, by=olga.user, reason=REASON)

    assert factories.fetch(review).state == AssignmentState.RECUSED
    assert factories.fetch(application).state == State.IN_REVIEW
    assert result_of(factories.fetch(application)).reviewers_count == 1
    assert rachid.get(page("review", review.pk)).status_code == 404
    assert rachid.get(page("gate", review.pk)).status_code == 404
    assert application.title not in rachid.get(page("my_reviews")).text
    assert not Application.objects.visible_to(factories.person("rachid")).exists()
    assert REASON in olga.get(page("file_reviews", application.reference)).text


def test_a_reviewer_recuses_themself_and_nobody_else_does_it_for_another(closed_call, rachid, sofie):
    (application,) = factories.reviewed(closed_call, "D-001")
    own, other = review_of(application, "rachid"), review_of(application, "sofie")

    with pytest.raises(NotAllowed):
        recuse(assignment_id=other.pk, by=rachid.user, reason=REASON)
    recuse(assignment_id=own.pk, by=rachid.user, reason=REASON)

    assert factories.fetch(own).state == AssignmentState.RECUSED


@pytest.mark.parametrize("name", ["amina", "axel", "adam", "sofie"])
def test_who_may_not_recuse_is_refused(closed_call, name):
    (application,) = factories.reviewed(closed_call, "D-001")

    with pytest.raises(NotAllowed):
        recuse(assignment_id=review_of(application, "rachid").pk, by=factories.person(name), reason=REASON)


def test_a_recusal_says_why_even_past_the_services(closed_call, olga):
    (application,) = factories.reviewed(closed_call, "D-001")
    review = review_of(application, "rachid")

    with pytest.raises(NotReady):
        recuse(assignment_id=review.pk, by=olga.user, reason=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(review).objects.filter(pk=review.pk).update(state=AssignmentState.RECUSED)


def test_no_review_of_a_frozen_list_is_undone(closed_call, olga):
    proposal = factories.frozen(closed_call, "D-001")
    application = proposal.lines.get().application
    review = review_of(application, "rachid")

    for act in (recuse, unlock_review):
        with pytest.raises(NotReady) as refusal:
            act(assignment_id=review.pk, by=olga.user, reason=REASON)
        assert refusal.value.problems[0].code == "in_a_list"
    assert factories.fetch(application).state == State.PROPOSED


def test_a_recusal_of_the_last_review_that_was_awaited_completes_the_file(closed_call, olga):
    (application,) = factories.admitted(closed_call, "D-001")
    third = third_reviewer(closed_call)
    for name in ("rachid", "sofie"):
        assigned(application, name)
    late = assigned(application, third)
    for name in ("rachid", "sofie"):
        score_and_lock(review_of(application, name))
    assert factories.fetch(application).state == State.IN_REVIEW

    recuse(assignment_id=late.pk, by=olga.user, reason=REASON)

    assert factories.fetch(application).state == State.REVIEWED


# Unlocking and reopening ------------------------------------------------------------------------


def test_an_officer_unlocks_a_review_and_the_file_waits_until_it_is_locked_again(closed_call, olga, rachid):
    (application,) = factories.reviewed(closed_call, "D-001")
    review = review_of(application, "rachid")

    unlock_review(assignment_id=review.pk, by=olga.user, reason="Une erreur de frappe sur C2.")
    waiting = factories.fetch(application).state
    lock_review(assignment_id=review.pk, by=rachid.user)

    assert waiting == State.IN_REVIEW
    assert factories.fetch(application).state == State.REVIEWED
    assert Reopening.objects.get().assignment == review


@pytest.mark.parametrize("name", ["rachid", "helene", "amina", "axel", "adam"])
def test_nobody_but_an_officer_unlocks_or_reopens(closed_call, name):
    (application,) = factories.reviewed(closed_call, "D-001")
    person = factories.person(name)

    with pytest.raises(NotAllowed):
        unlock_review(assignment_id=review_of(application, "sofie").pk, by=person, reason="x")
    with pytest.raises(NotAllowed):
        reopen_review(application_id=application.pk, by=person, reason="x")


def test_unlocking_and_reopening_say_why(closed_call, olga):
    (application,) = factories.reviewed(closed_call, "D-001")

    with pytest.raises(NotReady):
        unlock_review(assignment_id=review_of(application, "sofie").pk, by=olga.user, reason=" ")
    with pytest.raises(NotReady):
        reopen_review(application_id=application.pk, by=olga.user, reason=" ")
    assert factories.fetch(application).state == State.REVIEWED


def test_a_reopened_file_takes_another_reviewer_or_is_closed_again(closed_call, olga):
    (application,) = factories.reviewed(closed_call, "D-001")

    reopen_review(application_id=application.pk, by=olga.user, reason="Une troisième lecture est utile.")
    with pytest.raises(NotReady):
        freeze_proposal(call_id=closed_call.pk, by=olga.user, conclusions={})
    complete_review(application_id=application.pk, by=olga.user)

    assert factories.fetch(application).state == State.REVIEWED


def test_a_file_is_not_closed_again_while_a_review_is_awaited(closed_call, olga):
    (application,) = factories.reviewed(closed_call, "D-001")
    unlock_review(assignment_id=review_of(application, "rachid").pk, by=olga.user, reason="Une erreur.")

    with pytest.raises(NotReady):
        complete_review(application_id=application.pk, by=olga.user)


# Third reading and completion -------------------------------------------------------------------


def test_two_reviewers_more_than_twenty_points_apart_need_a_third_reading(closed_call):
    (application,) = factories.admitted(closed_call, "D-001")
    third = third_reviewer(closed_call)
    score_and_lock(assigned(application, "rachid"))
    score_and_lock(assigned(application, "sofie"), C1="0", C2="0")
    waiting = factories.fetch(application).state

    score_and_lock(assigned(application, third))

    assert waiting == State.IN_REVIEW
    assert factories.fetch(application).state == State.REVIEWED


def test_a_third_reading_that_nobody_is_asked_for_is_named_wherever_the_file_is_listed(closed_call, olga):
    (application,) = factories.admitted(closed_call, "D-001")
    third = third_reviewer(closed_call)
    score_and_lock(assigned(application, "rachid"))
    score_and_lock(assigned(application, "sofie"), C1="0", C2="0")

    def said():
        addresses = ("/en/dashboard/", page("work_list"), page("file_reviews", application.reference))
        return [olga.get(address).text.lower().count("third reading") for address in addresses]

    lacking = said()
    assigned(application, third)

    assert lacking == [1, 1, 1]
    assert said() == [0, 0, 1]
    assert "2 of 3 reviews locked" in olga.get(page("work_list")).text


def test_twenty_points_apart_are_not_too_many(closed_call, olga):
    (application,) = factories.reviewed(closed_call, "D-001")
    reopen_review(application_id=application.pk, by=olga.user, reason="À relire.")

    assert "third reading" not in olga.get(page("work_list")).text.lower()


@pytest.mark.parametrize("ends", ["conflict", "doubt"])
def test_a_file_does_not_stick_when_the_last_open_declaration_ends_in_a_conflict(closed_call, helene, ends):
    (application,) = factories.admitted(closed_call, "D-001")
    third = third_reviewer(closed_call)
    late = assigned(application, third)
    for name in ("rachid", "sofie"):
        score_and_lock(assigned(application, name))
    answer = "family" if ends == "conflict" else "doubt"

    declare_conflict(assignment_id=late.pk, by=late.reviewer, answer=answer, note="Un lien.")
    if ends == "doubt":
        assert factories.fetch(application).state == State.IN_REVIEW
        settle_doubt(assignment_id=late.pk, by=helene.user, may_review=False)

    assert factories.fetch(application).state == State.REVIEWED


@pytest.mark.parametrize("step", ["in_screening", "correction_requested"])
def test_a_file_is_neither_scored_nor_locked_before_it_is_admitted(closed_call, step):
    application = corrections.in_screening(closed_call)
    review = assigned(application, "rachid")
    if step == "correction_requested":
        corrections.asked(application)
    declare_conflict(assignment_id=review.pk, by=review.reviewer, answer="none")

    with pytest.raises(NotReady) as scored:
        judging.score_all(review, factories.story("D-001")["reviews"]["rachid@example.org"])
    with pytest.raises(NotReady) as locked:
        lock_review(assignment_id=review.pk, by=review.reviewer)

    assert [refused.value.problems[0].code for refused in (scored, locked)] == ["not_admitted", "not_admitted"]


def test_a_review_goes_on_while_an_admitted_file_is_corrected(closed_call):
    (application,) = factories.admitted(closed_call, "D-001")
    review = assigned(application, "rachid")
    corrections.asked(application)

    score_and_lock(review)

    assert factories.fetch(review).state == AssignmentState.LOCKED


def test_the_page_of_a_review_says_when_the_file_can_be_scored(closed_call, rachid):
    application = corrections.in_screening(closed_call)
    review = assigned(application, "rachid")

    told = rachid.post(page("gate", review.pk), {"tie": "no"}, follow=True).text
    sent = rachid.post(page("review", review.pk), {"score_C1": "4.0"})

    assert "You score it once it is admitted." in told
    assert "score it as soon as it is found admissible" in told
    assert "score_C1" not in told
    assert sent.status_code == 409
    assert "you score it once it is admitted" in rachid.get(page("my_reviews")).text


def test_a_review_of_a_corrected_file_is_unlocked_on_the_corrected_version(closed_call, olga, rachid):
    (application,) = factories.admitted(closed_call, "D-001")
    review = assigned(application, "rachid")
    score_and_lock(review)
    corrections.asked(application)
    corrections.answered(factories.fetch(application))
    assert factories.fetch(review).is_stale

    unlock_review(assignment_id=review.pk, by=olga.user, reason="À relire sur la version corrigée.")

    unlocked = factories.fetch(review)
    assert (unlocked.version.number, unlocked.is_stale) == (2, False)
    assert "Version 2" in rachid.get(page("review", review.pk)).text


# Pages ------------------------------------------------------------------------------------------


def test_the_officer_recuses_unlocks_and_reopens_from_the_page_of_the_reviews(closed_call, olga):
    (application,) = factories.reviewed(closed_call, "D-001")
    first, second = review_of(application, "rachid"), review_of(application, "sofie")
    listed = olga.get(page("file_reviews", application.reference)).text

    empty = olga.post(page("unlock", first.pk), {"reason": " "})
    unlocked = olga.post(page("unlock", first.pk), {"reason": "Une erreur de frappe."})
    recused = olga.post(page("recuse", second.pk), {"reason": REASON})
    again = olga.post(page("recuse", second.pk), {"reason": "Encore ceci."})

    assert [page(name, pk) in listed for name, pk in (("unlock", first.pk), ("recuse", second.pk))] == [True, True]
    assert page("reopen", application.reference) in listed
    assert empty.status_code == 422
    assert unlocked.status_code == recused.status_code == 302
    assert again.status_code == 409
    assert "Encore ceci." in again.text
    shown = olga.get(page("file_reviews", application.reference)).text
    assert "Une erreur de frappe." in shown
    assert REASON in shown


def test_the_officer_opens_a_reviewed_file_and_closes_it_again(closed_call, olga):
    (application,) = factories.reviewed(closed_call, "D-001")

    opened = olga.post(page("reopen", application.reference), {"reason": "À relire."})
    shown = olga.get(page("file_reviews", application.reference)).text
    closed = olga.post(page("complete", application.reference))

    assert opened.status_code == closed.status_code == 302
    assert page("complete", application.reference) in shown
    assert factories.fetch(application).state == State.REVIEWED


def test_a_reviewer_finds_the_way_to_recuse_themself_and_then_nothing_of_the_file(closed_call, rachid):
    (application,) = factories.reviewed(closed_call, "D-001")
    review = review_of(application, "rachid")

    assert page("recuse", review.pk) in rachid.get(page("review", review.pk)).text
    answer = rachid.post(page("recuse", review.pk), {"reason": REASON})

    assert answer.url == page("my_reviews")
    assert rachid.get(page("recuse", review.pk)).status_code == 404
