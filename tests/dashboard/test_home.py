"""What waits for each person: the right thing, in the right role, and nothing of anybody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from applications.models import Answer
from applications.readiness import missing_before_submit
from applications.services import submit_application
from calls import services as call_services
from portal.accounts.models import Appointment, Mandate
from portal.core.claims import JobState
from portal.documents.models import Document
from reviews import services
from reviews.choices import ConflictAnswer
from reviews.models import Assignment, Proposal
from tests import factories
from tests.reviews import doors
from tests.reviews.tied import asked
from tests.sealing import seal

pytestmark = pytest.mark.django_db
HOME = "/en/dashboard/"


def text(client):
    shown = client.get(HOME)
    assert shown.status_code == 200
    return shown.text


def assigned(file, reviewer="rachid"):
    return services.assign_reviewer(
        application_id=file.pk, reviewer_id=factories.person(reviewer).pk, by=factories.person("olga")
    )


def fail(number):
    """The letter with this number has failed."""
    Document.objects.filter(number=number).update(job_state=JobState.FAILED, last_error="OSError: no font", attempts=3)


# Everyone ----------------------------------------------------------------------------------------


def test_a_visitor_is_led_to_the_sign_in(visitor):
    assert visitor.get(HOME).status_code == 302


@pytest.mark.parametrize("person", ["amina", "olga", "rachid", "helene"])
def test_the_empty_page_says_so_and_leads_to_the_calls(request, person):
    shown = text(request.getfixturevalue(person))

    assert "Nothing waits for you" in shown
    assert "/en/calls/" in shown


# Those who apply ---------------------------------------------------------------------------------


def test_an_applicant_reads_the_deadline_and_how_many_points_a_draft_lacks(amina, open_call):
    draft = factories.empty_draft(open_call)
    missing = len(missing_before_submit(draft, at=open_call.opens_at + timedelta(days=1)))
    shown = text(amina)

    assert missing > 3
    assert f"{missing} points missing" in shown
    assert "NOT SUBMITTED" in shown
    assert "(Brussels time)" in shown
    assert draft.get_absolute_url().partition("/applications/")[2] in shown


def test_the_count_follows_the_answers(amina, draft):
    assert "Ready to submit" in text(amina)
    Answer.objects.filter(application=draft, question__is_required=True)[:1].get().delete()

    assert "1 point missing" in text(amina)


def test_changes_that_were_not_submitted_are_named(amina, draft, at):
    submit_application(application_id=draft.pk, by=amina.user, arrived_at=draft.call.closes_at - timedelta(days=2))
    type(draft).objects.filter(pk=draft.pk).update(changed_at=draft.call.closes_at - timedelta(days=1))

    assert "Changes not submitted" in text(amina)


def test_a_decision_appears_when_it_is_notified_and_not_before(amina, closed_call):
    proposal = factories.approved(closed_call, "D-001")
    assert "Decisions" not in text(amina)

    for line in proposal.lines.all():
        seal(line.decision.document_id)
    services.notify_decisions(proposal_id=proposal.pk, by=factories.person("helene"))

    assert "Decisions" in text(amina)


def test_chloe_sees_nothing_of_aminas_draft(chloe, draft):
    shown = text(chloe)

    assert draft.title not in shown
    assert draft.reference not in shown


# Officers ----------------------------------------------------------------------------------------


def test_an_officer_finds_the_draft_call_and_why_it_came_back(olga):
    call = factories.draft_call()
    assert "Calls to propose" in text(olga)

    call_services.propose_publication(call_id=call.pk, by=olga.user)
    assert "Calls to propose" not in text(olga)

    call_services.return_to_draft(call_id=call.pk, by=factories.person("helene"), reason="Encore.")
    assert "Returned by the head of unit" in text(olga)


def test_the_head_finds_a_corrigendum_that_somebody_else_wrote(helene, open_call):
    words = {f"call:{open_call.reference}:summary": {"fr": "Autre.", "nl": "Ander."}}
    reason = {"fr": "Une erreur.", "nl": "Een fout."}
    proposed = call_services.propose_corrigendum(
        call_id=open_call.pk, by=factories.person("olga"), reason=reason, changes=words
    )
    assert f"/corrigenda/{proposed.pk}/" in text(helene)

    call_services.discard_corrigendum(corrigendum_id=proposed.pk, by=helene.user)

    assert "Corrigenda to issue" not in text(helene)


def test_an_officer_finds_the_assessment_that_can_be_opened(olga, closed_call):
    assert "Assessments that can be opened" in text(olga)


def test_nothing_of_a_sealed_file_is_shown(olga, closed_call):
    application = factories.submitted(closed_call)
    shown = text(olga)

    assert application.title not in shown
    assert application.reference not in shown


def test_an_officer_finds_files_to_screen_then_to_assign(olga, closed_call):
    (file,) = factories.unsealed(closed_call, "D-001")
    shown = text(olga)
    assert "Files to screen" in shown
    assert "Files to assign" not in shown

    factories.judging.screen(file, factories.story("D-001"), at=closed_call.closes_at + timedelta(hours=1))
    shown = text(olga)
    assert "Files to screen" not in shown
    assert "2 reviewers lacking" in shown


def test_the_first_files_of_two_calls_are_told_apart(olga, closed_call):
    (file,) = factories.unsealed(closed_call, "D-001")
    (other,) = factories.unsealed(factories.closed_call("OTHER"), "D-001")
    shown = text(olga)

    assert file.short_reference == other.short_reference
    assert f'<span class="gp-ref">{file.reference}</span>' in shown
    assert f'<span class="gp-ref">{other.reference}</span>' in shown


def test_a_reviewer_with_a_conflict_does_not_count(olga, closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    review, other = assigned(file), assigned(file, "sofie")
    assert "Files to assign" not in text(olga)

    services.declare_conflict(assignment_id=review.pk, by=review.reviewer, answer=ConflictAnswer.FAMILY)

    assert other.pk
    assert "1 reviewer lacking" in text(olga)


def test_a_call_whose_files_are_all_reviewed_is_ready_to_freeze(olga, closed_call):
    factories.reviewed(closed_call, "D-001", "D-002")

    assert "Ready to freeze" in text(olga)


def test_an_officer_of_another_unit_sees_none_of_it(pieter, closed_call):
    (file,) = factories.unsealed(closed_call, "D-001")
    unit = type(closed_call.unit).objects.create(
        code="other", name="Other", address="-", phone="-", email="o@example.org"
    )
    Appointment.objects.filter(user=pieter.user).update(unit=unit)

    assert file.title not in text(pieter)


# Reviewers ---------------------------------------------------------------------------------------


def test_a_reviewer_finds_the_declaration_then_the_review_then_nothing(rachid, closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    review = assigned(file)
    shown = text(rachid)
    assert "Declarations awaited" in shown
    assert f"/en/reviews/{review.pk}/conflict/" in shown

    services.declare_conflict(assignment_id=review.pk, by=rachid.user, answer=ConflictAnswer.NONE)
    shown = text(rachid)
    assert "Reviews in progress" in shown
    assert "to be finished by" in shown


@pytest.mark.parametrize("name", ["rachid", "helene"])
def test_a_file_that_was_refused_at_the_door_is_on_nobodys_list_of_reviews(request, closed_call, name):
    file = doors.at_the_door(closed_call, "E4")
    asked(file, "rachid", "in_progress")
    asked(file, "sofie", "doubt")
    person = request.getfixturevalue(name)
    title = "Reviews in progress" if name == "rachid" else "Doubts to settle"
    assert title in text(person)

    doors.refused(file)

    assert title not in text(person)


def test_a_call_is_not_ready_to_close_while_a_refusal_is_untold(helene, closed_call):
    decision = doors.refused(doors.at_the_door(closed_call, "E4"))
    assert "Ready to close" not in text(helene)

    seal(decision.document_id)

    assert "Ready to close" in text(helene)


def test_a_title_is_read_in_the_language_of_its_file(rachid, closed_call):
    french, dutch = factories.admitted(closed_call, "D-001", "D-002")
    assigned(french)
    assigned(dutch)
    shown = text(rachid)

    assert (french.language, dutch.language) == ("fr", "nl")
    assert f'<span lang="fr">{escape(french.title)}</span>' in shown
    assert f'<span lang="nl">{escape(dutch.title)}</span>' in shown


def test_a_declared_conflict_leaves_no_trace_of_the_file(rachid, closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    review = assigned(file)
    services.declare_conflict(assignment_id=review.pk, by=rachid.user, answer=ConflictAnswer.BOARD)

    assert file.title not in text(rachid)


def test_the_assignments_of_the_other_reviewer_are_not_shown(sofie, closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    assigned(file)

    assert file.title not in text(sofie)


# The head of unit --------------------------------------------------------------------------------


def test_the_head_finds_the_call_to_publish(helene):
    call = factories.draft_call()
    call_services.propose_publication(call_id=call.pk, by=factories.person("olga"))

    assert "Calls to publish" in text(helene)


def test_the_head_finds_the_doubt_to_settle(helene, closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    review = assigned(file)
    services.declare_conflict(assignment_id=review.pk, by=review.reviewer, answer=ConflictAnswer.DOUBT, note="Un ami.")
    shown = text(helene)

    assert "Doubts to settle" in shown
    assert "Un ami." not in shown


def test_the_head_finds_the_proposal_then_the_letters_then_the_call_to_close(helene, closed_call):
    proposal = factories.frozen(closed_call, "D-001", "D-002")
    assert "Proposals to approve" in text(helene)

    services.approve_proposal(proposal_id=proposal.pk, by=helene.user)
    assert "0 of 2 letters are ready" in text(helene)

    for line in Proposal.objects.get(pk=proposal.pk).lines.all():
        seal(line.decision.document_id)
    assert "Ready to notify" in text(helene)

    services.notify_decisions(proposal_id=proposal.pk, by=helene.user)
    assert "Ready to close" in text(helene)


# Who only reads, and who looks after the portal --------------------------------------------------


def test_the_auditor_reads_the_term_of_the_mandate_and_the_pages_it_opens(axel):
    shown = text(axel)

    assert "Your mandate" in shown
    for page in ("/en/documents/", "/en/audit/", "/en/desk/files/", "/en/desk/calls/"):
        assert f'href="{page}"' in shown


def test_a_mandate_hides_every_other_role(olga, closed_call):
    factories.unsealed(closed_call, "D-001")
    Mandate.objects.create(
        auditor=olga.user,
        granted_by=factories.person("helene"),
        starts_at=closed_call.opens_at,
        ends_at=closed_call.closes_at + timedelta(days=30),
    )

    assert "Files to screen" not in text(olga)


def test_the_administrator_reads_how_many_jobs_failed_and_no_content(adam, closed_call):
    application = factories.submitted(closed_call)
    version = application.versions.get()
    fail(version.receipt_number)
    shown = text(adam)

    assert "1 document failed" in shown
    assert application.title not in shown


# Speed -------------------------------------------------------------------------------------------


def queries_of(client):
    with CaptureQueriesContext(connection) as asked:
        text(client)
    return len(asked)


def test_one_or_three_files_cost_an_officer_the_same(olga, closed_call):
    other = factories.closed_call("CALL-2")
    factories.admitted(other, "D-001")
    before = queries_of(olga)
    factories.unsealed(closed_call, "D-001", "D-002", "D-004")

    assert queries_of(olga) == before <= 12


def test_one_or_three_lists_cost_the_head_the_same(helene, closed_call):
    factories.frozen(closed_call, "D-001")
    before = queries_of(helene)
    for reference in ("CALL-2", "CALL-3"):
        factories.frozen(factories.closed_call(reference), "D-001")

    assert queries_of(helene) == before <= 12


def test_one_or_three_drafts_cost_an_applicant_the_same(amina, open_call):
    factories.full_draft(open_call)
    text(amina)
    before = queries_of(amina)
    for reference in ("CALL-2", "CALL-3"):
        factories.full_draft(factories.open_call(reference))
    text(amina)

    assert queries_of(amina) == before <= 12


def test_one_or_three_reviews_cost_a_reviewer_the_same(rachid, closed_call):
    files = factories.admitted(closed_call, "D-001", "D-002", "D-004")
    assigned(files[0])
    before = queries_of(rachid)
    for file in files[1:]:
        assigned(file)

    assert Assignment.objects.count() == 3
    assert queries_of(rachid) == before <= 12
