"""Four eyes by person, and the envelope: what the services refuse, the database refuses too."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from applications.choices import State
from applications.models import Application
from calls.models import Envelope
from portal.accounts.choices import Role
from portal.accounts.models import Appointment
from portal.core.exceptions import NotAllowed, NotReady
from portal.core.gate import may
from portal.documents.models import Document
from portal.organisations.models import Membership
from reviews.choices import ProposalState
from reviews.models import Assignment, Decision, Proposal, ProposalLine, Score
from reviews.services import (
    approve_proposal,
    declare_conflict,
    notify_decisions,
    reopen_review,
    return_proposal,
    save_score,
)
from tests import factories
from tests.reviews import doors
from tests.reviews.tied import asked

pytestmark = pytest.mark.django_db


def approve(proposal, by="helene"):
    return approve_proposal(proposal_id=proposal.pk, by=factories.person(by))


def make_head(name, call):
    Appointment.objects.create(
        user=factories.person(name), role=Role.UNIT_HEAD, unit=call.unit, starts_on=timezone.localdate()
    )


def force_decision(proposal, approver):
    line = proposal.lines.first()
    return Decision.objects.create(
        application=line.application,
        line=line,
        number=f"FORCED-{line.pk}",
        outcome=line.outcome,
        amount=line.amount,
        prepared_by=proposal.prepared_by,
        approved_by=factories.person(approver),
        decided_at=timezone.now(),
    )


def test_the_head_approves_what_the_officer_prepared(closed_call):
    proposal = factories.frozen(closed_call, "D-001", "D-004")

    approve(proposal)

    assert factories.fetch(proposal).state == ProposalState.APPROVED
    assert set(Application.objects.values_list("state", flat=True)) == {State.APPROVED}
    assert factories.fetch(closed_call.envelope).committed == Decimal(121000)
    assert Document.objects.filter(kind__startswith="reviews.").count() == 2


@pytest.mark.parametrize("name", ["olga", "pieter", "rachid", "sofie", "amina", "adam", "axel"])
def test_nobody_but_the_head_approves(closed_call, name):
    proposal = factories.frozen(closed_call, "D-001")

    with pytest.raises(NotAllowed):
        approve(proposal, by=name)

    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["olga", "rachid"])
def test_a_head_who_prepared_screened_or_scored_does_not_approve(closed_call, name):
    proposal = factories.frozen(closed_call, "D-001")
    make_head(name, closed_call)

    with pytest.raises(NotAllowed):
        approve(proposal, by=name)


@pytest.mark.parametrize("name", ["olga", "rachid", "amina"])
def test_the_database_refuses_a_decision_by_a_preparer_a_scorer_or_a_member(closed_call, name):
    proposal = factories.frozen(closed_call, "D-001")

    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        force_decision(proposal, name)


def test_a_member_of_the_organisation_never_approves_its_file(closed_call, helene):
    proposal = factories.frozen(closed_call, "D-001")
    Membership.objects.create(user=helene.user, organisation=proposal.lines.get().application.organisation)

    with pytest.raises(NotAllowed):
        approve(proposal)


def test_the_head_of_unit_writes_no_score_even_past_the_services(closed_call):
    (application,) = factories.admitted(closed_call, "D-001")
    make_head("rachid", closed_call)
    assignment = Assignment.objects.create(
        application=application,
        reviewer=factories.person("rachid"),
        version=application.versions.get(),
        assigned_by=factories.person("olga"),
        assigned_at=timezone.now(),
    )
    declare_conflict(assignment_id=assignment.pk, by=factories.person("rachid"), answer="none")

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(assignment=assignment, criterion=closed_call.criteria.first(), score=4)


def test_no_score_is_written_after_a_declared_conflict_or_after_the_lock(closed_call):
    (application,) = factories.reviewed(closed_call, "D-001")
    review = application.assignments.first()

    with pytest.raises(NotReady):
        save_score(
            assignment_id=review.pk,
            criterion=closed_call.criteria.first(),
            by=review.reviewer,
            score=Decimal(5),
            reason="",
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(assignment=review).update(score=5)


def test_the_scores_of_a_locked_review_are_neither_deleted_nor_moved_to_another(closed_call):
    (application,) = factories.reviewed(closed_call, "D-001")
    locked = application.assignments.first()
    reopen_review(application_id=application.pk, by=factories.person("olga"), reason="À relire.")
    open_review = asked(application, "pieter", "in_progress")

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(assignment=locked).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(assignment=locked).update(assignment=open_review)


def test_the_scores_of_an_open_review_may_be_taken_back(closed_call):
    (application,) = factories.admitted(closed_call, "D-001")
    review = asked(application, "rachid", "in_progress")
    Score.objects.create(assignment=review, criterion=closed_call.criteria.first(), score=4)

    assert Score.objects.filter(assignment=review).delete()[0] == 1


def test_a_file_is_not_scored_before_it_is_admitted_even_past_the_services(closed_call):
    review = asked(doors.at_the_door(closed_call), "rachid", "in_progress")

    with pytest.raises(IntegrityError, match="admitted"), transaction.atomic():
        Score.objects.create(assignment=review, criterion=closed_call.criteria.first(), score=4)


def test_the_envelope_is_never_passed_not_even_by_a_bulk_update(closed_call):
    with pytest.raises(IntegrityError), transaction.atomic():
        Envelope.objects.filter(call=closed_call).update(committed=Decimal("300000.01"))


def test_a_proposal_beyond_what_is_left_is_refused_with_both_amounts(closed_call):
    proposal = factories.frozen(closed_call, "D-001")
    Envelope.objects.filter(call=closed_call).update(committed=Decimal(200000))

    with pytest.raises(NotReady) as refusal:
        approve(proposal)

    sentence = str(refusal.value.problems[0])
    assert "100" in sentence
    assert "121" in sentence
    assert factories.fetch(proposal).state == ProposalState.FROZEN


def test_a_returned_proposal_says_why_and_its_files_can_be_proposed_again(closed_call, helene):
    proposal = factories.frozen(closed_call, "D-001")

    return_proposal(proposal_id=proposal.pk, by=helene.user, reason="Revoir la conclusion.")

    assert Application.objects.get().state == State.REVIEWED
    assert not Proposal.objects.standing().exists()


def test_notification_is_all_or_none(closed_call, helene):
    proposal = factories.with_letters(closed_call, "D-001", "D-004")
    letter = Document.objects.filter(kind="reviews.award").get()
    late = factories.approved(factories.closed_call("CALL-2"), "D-001")

    with pytest.raises(NotReady):
        notify_decisions(proposal_id=late.pk, by=helene.user)
    notify_decisions(proposal_id=proposal.pk, by=helene.user)

    states = Application.objects.filter(call=closed_call).values_list("state", flat=True)
    assert set(states) == {State.AWARDED, State.REJECTED}
    assert factories.fetch(letter).released_at is not None
    assert set(Application.objects.filter(call=late.call).values_list("state", flat=True)) == {State.APPROVED}


def test_a_state_is_not_skipped_by_a_bulk_update(draft):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(state=State.AWARDED)


def test_a_frozen_line_and_a_decision_cannot_be_changed(closed_call):
    factories.approved(closed_call, "D-001")

    with pytest.raises(ProgrammingError), transaction.atomic():
        ProposalLine.objects.update(amount=Decimal(1))
    with pytest.raises(ProgrammingError), transaction.atomic():
        Decision.objects.update(amount=Decimal(1))


def test_who_entered_a_file_of_the_list_on_paper_does_not_approve_it(closed_call):
    proposal = factories.frozen(closed_call, "D-001")
    helene = factories.person("helene")
    assert may(helene, "reviews.approve_proposal", proposal)
    file = Application.objects.get(proposal_lines__proposal=proposal)

    scan = file.versions.get().files.all()[0]
    Application.objects.filter(pk=file.pk).update(channel="paper", scan=scan, created_by=helene)

    assert not may(helene, "reviews.approve_proposal", proposal)
    with pytest.raises(IntegrityError, match="entered this application from paper"), transaction.atomic():
        force_decision(proposal, "helene")


def test_who_entered_a_file_on_paper_does_not_approve_its_refusal(closed_call):
    draft = doors.proposed(doors.at_the_door(closed_call, "E4"))
    helene = factories.person("helene")
    assert may(helene, "reviews.approve_refusal", draft)

    file = Application.objects.get(pk=draft.application_id)
    scan = file.versions.get().files.all()[0]
    Application.objects.filter(pk=file.pk).update(channel="paper", scan=scan, created_by=helene)

    assert not may(helene, "reviews.approve_refusal", factories.fetch(draft))
