"""What the table found broken: each of these was accepted, or ended in an error instead of a sentence."""

from decimal import Decimal

import pytest
from django.utils import timezone

from applications.choices import State
from applications.services import withdraw_application
from portal.accounts.choices import Role
from portal.accounts.models import Appointment
from portal.core.exceptions import NotAllowed, NotReady
from reviews.choices import REASON_MINIMUM, AssignmentState, DraftState
from reviews.models import Score, ScreeningAnswer
from reviews.services import (
    ScreeningInput,
    answer_items,
    assign_reviewer,
    confirm_review,
    declare_conflict,
    lock_review,
    notify_decisions,
    recuse,
    return_refusal,
    save_score,
    settle_doubt,
    unlock_review,
)
from tests import factories
from tests.process.stands import review, withdraw
from tests.reviews import corrections, doors
from tests.reviews.pages import page

pytestmark = pytest.mark.django_db


def appoint(name, role, call):
    """This person holds a second role in the unit of the call."""
    Appointment.objects.create(user=factories.person(name), role=role, unit=call.unit, starts_on=timezone.localdate())


def score(assignment, *, by="rachid"):
    criterion = assignment.application.call.criteria.all()[0]
    given = {"criterion": criterion, "score": Decimal(3), "reason": "x" * REASON_MINIMUM}
    return save_score(assignment_id=assignment.pk, by=factories.person(by), **given)


def code_of(refused):
    return refused.value.problems[0].code


def test_the_checklist_of_a_file_never_handed_in_is_not_answered(open_call):
    draft = factories.full_draft(open_call)
    item = open_call.screening_items.all()[0]

    with pytest.raises(NotReady) as refused:
        answer_items(
            application_id=draft.pk, by=factories.person("olga"), answers=[ScreeningInput(item=item, verdict="yes")]
        )

    assert code_of(refused) == "state"
    assert not ScreeningAnswer.objects.exists()


def test_a_list_that_is_not_approved_is_not_notified(closed_call):
    proposal = factories.frozen(closed_call, "D-001")

    with pytest.raises(NotReady) as refused:
        notify_decisions(proposal_id=proposal.pk, by=factories.person("helene"))

    assert code_of(refused) == "state"


def test_a_head_who_prepared_a_refusal_does_not_return_it_either(closed_call, olga):
    file = doors.at_the_door(closed_call, "E4")
    draft = doors.proposed(file)
    appoint("olga", Role.UNIT_HEAD, closed_call)

    with pytest.raises(NotAllowed):
        return_refusal(draft_id=draft.pk, by=factories.person("olga"), reason="Exemple.")
    shown = olga.get(page("refusal", file.reference))

    assert factories.fetch(draft).state == DraftState.PREPARED
    assert page("return_refusal", file.reference) not in shown.text
    assert "you prepared it" in shown.text


def test_a_reviewer_who_heads_the_unit_meanwhile_neither_scores_nor_locks_nor_confirms(closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    mine = review(file, "rachid", until="scored")
    before = list(Score.objects.order_by("pk").values_list("score", flat=True))
    appoint("rachid", Role.UNIT_HEAD, closed_call)
    head = factories.person("rachid")

    for act in (lock_review, confirm_review):
        with pytest.raises(NotAllowed):
            act(assignment_id=mine.pk, by=head)
    with pytest.raises(NotAllowed):
        score(mine)

    assert list(Score.objects.order_by("pk").values_list("score", flat=True)) == before
    assert factories.fetch(mine).state == AssignmentState.IN_PROGRESS


def test_nobody_reviews_a_file_that_was_withdrawn(closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    rachid, head = factories.person("rachid"), factories.person("helene")
    scored = review(file, "rachid", until="scored")
    declared = review(file, "sofie", until="assigned")
    declare_conflict(assignment_id=declared.pk, by=declared.reviewer, answer="doubt")
    withdraw(file)

    acts = {
        "score": lambda: score(scored),
        "lock": lambda: lock_review(assignment_id=scored.pk, by=rachid),
        "settle": lambda: settle_doubt(assignment_id=declared.pk, by=head, may_review=True),
        "recuse": lambda: recuse(assignment_id=scored.pk, by=rachid, reason="Exemple."),
    }
    for name, act in acts.items():
        with pytest.raises(NotReady) as refused:
            act()
        assert code_of(refused) == "state", name
    assert factories.fetch(scored).state == AssignmentState.IN_PROGRESS
    assert factories.fetch(declared).state == AssignmentState.DOUBT


def test_nobody_declares_for_a_file_that_was_withdrawn(closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    mine = review(file, "rachid", until="assigned")
    withdraw(file)

    with pytest.raises(NotReady) as refused:
        declare_conflict(assignment_id=mine.pk, by=mine.reviewer, answer="none")

    assert code_of(refused) == "state"


def test_nobody_confirms_a_review_of_a_file_that_was_withdrawn_after_its_correction(closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    mine = review(file, "rachid", until="locked")
    corrections.asked(file)
    corrections.answered(factories.fetch(file))
    withdraw_application(application_id=file.pk, by=factories.person("amina"), reason="Exemple.")

    with pytest.raises(NotReady) as refused:
        confirm_review(assignment_id=mine.pk, by=mine.reviewer)

    assert code_of(refused) == "state"
    assert factories.fetch(mine).is_stale
    assert factories.fetch(file).state == State.WITHDRAWN


@pytest.mark.parametrize("name", ["bruno", "sofie"])
def test_an_officer_with_a_tie_unlocks_no_review_of_the_file(closed_call, name):
    (file,) = factories.admitted(closed_call, "D-001")
    mine = review(file, "rachid", until="locked")
    assign_reviewer(application_id=file.pk, reviewer_id=factories.person("sofie").pk, by=factories.person("olga"))
    appoint(name, Role.OFFICER, closed_call)

    with pytest.raises(NotAllowed):
        unlock_review(assignment_id=mine.pk, by=factories.person(name), reason="Exemple.")

    assert factories.fetch(mine).state == AssignmentState.LOCKED
