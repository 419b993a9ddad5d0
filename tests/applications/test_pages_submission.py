"""Handing in through the pages: the last step, the deadline, the receipt, and what is shown afterwards."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from applications.choices import State
from applications.models import Version
from applications.services import save_project, submit_application
from portal.documents.models import Document
from tests import factories
from tests.applications.addresses import HTMX, page, submission
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def test_the_last_step_says_what_happens_and_then_the_receipt_shows_everything(amina, draft):
    before = amina.get(page("submit", draft)).text
    assert "What happens when you submit" in before
    assert "Submit version 1" in before

    response = amina.post(page("submit", draft), submission(), follow=True)

    version = Version.objects.get(application=draft)
    assert response.redirect_chain[-1][0] == page("submitted", draft)
    assert version.sha256 in response.text
    assert f"{version.receipt_number} is being made" in response.text
    assert f'hx-get="{page("submitted", draft)}"' in response.text
    assert "€121,000" in response.text


def test_the_receipt_can_be_fetched_once_it_is_sealed(amina, draft):
    amina.post(page("submit", draft), submission())
    seal(Document.objects.get().pk)

    text = amina.get(page("submitted", draft), **HTMX).text

    assert "Download the receipt (PDF)" in text
    assert Document.objects.get().code in text
    assert "hx-get" not in text
    assert "<html" not in text


def test_the_same_click_twice_gives_the_same_receipt(amina, draft):
    form = submission(uuid.uuid4())

    first = amina.post(page("submit", draft), form)
    second = amina.post(page("submit", draft), form)

    assert first.url == second.url == page("submitted", draft)
    assert Version.objects.filter(application=draft).count() == 1
    assert Document.objects.count() == 1


def test_the_key_of_another_application_gives_no_receipt(amina, draft):
    key = uuid.uuid4()
    amina.post(page("submit", draft), submission(key))
    other = factories.full_draft(factories.open_call("CALL-2"))

    response = amina.post(page("submit", other), submission(key))

    assert response.status_code == 409
    assert "This page is out of date." in response.text
    assert factories.fetch(other).state == State.DRAFT


@pytest.mark.parametrize("key", ["", "x", "00000000"])
def test_a_page_without_its_key_is_out_of_date(amina, draft, key):
    response = amina.post(page("submit", draft), {"key": key})

    assert response.status_code == 409
    assert "This page is out of date." in response.text
    assert factories.fetch(draft).state == State.DRAFT


def test_a_submission_that_arrives_at_the_deadline_is_refused_and_the_draft_is_kept(amina, draft, at):
    closes_at = draft.call.closes_at
    at(closes_at)
    amina.force_login(amina.user)

    response = amina.post(page("submit", draft), submission())

    assert response.status_code == 409
    assert "The deadline was" in response.text
    assert "Your draft is kept." in response.text
    assert factories.fetch(draft).state == State.DRAFT
    assert draft.answers.count() == 15


def test_a_submission_that_arrives_a_moment_before_the_deadline_counts(amina, draft, at):
    at(draft.call.closes_at - timedelta(microseconds=1))
    amina.force_login(amina.user)

    assert amina.post(page("submit", draft), submission()).url == page("submitted", draft)


def test_an_incomplete_draft_is_not_submitted_and_every_point_is_a_link(amina, open_call):
    empty = factories.empty_draft(open_call)

    assert "You cannot submit yet" in amina.get(page("submit", empty)).text
    response = amina.post(page("submit", empty), submission())

    assert response.status_code == 409
    assert f'href="{page("project", empty)}#id_title"' in response.text
    assert factories.fetch(empty).state == State.DRAFT


def test_bruno_reads_who_can_submit_and_cannot_himself(bruno, draft):
    text = bruno.get(page("submit", draft)).text

    assert "Only a person who signs for your organisation can submit" in text
    assert factories.person("amina").name in text
    assert bruno.post(page("submit", draft), submission()).status_code == 403
    assert factories.fetch(draft).state == State.DRAFT


def test_chloe_submits_nothing_of_aminas(chloe, draft):
    assert chloe.post(page("submit", draft), submission()).status_code == 404


def test_changes_after_the_submission_are_loudly_not_submitted(amina, bruno, draft):
    amina.post(page("submit", draft), submission())

    bruno.post(page("answer", draft, "Q9"), {"Q9": "75"}, **HTMX)

    for name in ("task_list", "submit", "budget", "read"):
        assert "CHANGES NOT SUBMITTED" in amina.get(page(name, draft)).text, name
    assert "Changes NOT SUBMITTED" in amina.get(page("mine")).text
    assert "Version 1 counts." in amina.get(page("task_list", draft)).text
    assert "<dd>75" not in amina.get(page("read", draft)).text


def test_the_changes_are_submitted_as_the_next_version(amina, draft):
    amina.post(page("submit", draft), submission())
    amina.post(page("answer", draft, "Q9"), {"Q9": "75"}, **HTMX)

    assert "Submit version 2" in amina.get(page("submit", draft)).text
    amina.post(page("submit", draft), submission())

    assert draft.versions.count() == 2
    assert "CHANGES NOT SUBMITTED" not in amina.get(page("task_list", draft)).text


def test_the_receipt_of_an_earlier_version_stays_within_reach(amina, draft):
    amina.post(page("submit", draft), submission())
    first = Document.objects.get()
    seal(first.pk)
    amina.post(page("answer", draft, "Q9"), {"Q9": "75"}, **HTMX)
    amina.post(page("submit", draft), submission())

    text = amina.get(page("task_list", draft)).text

    assert "Version 2 counts." in text
    assert f"/{first.code}/download/" in text


def test_after_the_deadline_the_receipt_no_longer_says_that_it_can_be_changed(amina, closed_call):
    application = factories.submitted(closed_call, "D-001")

    assert "Until then you can change it" not in amina.get(page("submitted", application)).text


def test_without_a_change_there_is_nothing_to_submit_again(amina, draft):
    amina.post(page("submit", draft), submission())

    text = amina.get(page("submit", draft)).text

    assert "there is nothing to submit" in text
    assert "Submit version" not in text


def test_the_receipt_of_an_application_that_was_never_submitted_leads_to_the_draft(amina, draft):
    assert amina.get(page("submitted", draft)).url == page("task_list", draft)


def test_a_draft_after_the_deadline_says_that_it_was_not_submitted(amina, closed_call):
    late = factories.full_draft(closed_call)

    text = amina.get(page("task_list", late)).text

    assert "NOT SUBMITTED" in text
    assert "can no longer be submitted" in text
    assert page("submit", late) not in text


def test_under_assessment_the_page_tells_no_more_than_that(amina, closed_call):
    [application] = factories.reviewed(closed_call, "D-001")

    text = amina.get(page("task_list", application)).text

    assert "Under assessment" in text
    assert "Version 1" in text
    assert "Reviewed" not in text
    assert page("budget", application) not in text


def test_before_the_notification_nobody_sees_the_decision_and_afterwards_the_letter(amina, closed_call):
    proposal = factories.with_letters(closed_call, "D-001", "D-002")
    application = factories.fetch(closed_call.applications.get(number=1))
    letter = Document.objects.get(about=application.audit_name, kind="reviews.award")

    before = amina.get(page("task_list", application)).text
    assert "Under assessment" in before
    assert letter.code not in before
    assert letter.number not in before

    factories.services.notify_decisions(proposal_id=proposal.pk, by=factories.person("helene"))
    after = amina.get(page("task_list", application)).text
    assert "Awarded" in after
    assert letter.number in after
    assert letter.code in after


def test_whoever_submits_again_reads_what_goes_out_and_not_what_went_before(amina, draft):
    submit_application(application_id=draft.pk, by=amina.user, arrived_at=timezone.now())
    save_project(application_id=draft.pk, by=amina.user, values={"title": "Un autre titre"}, at=timezone.now())
    whole_draft = f"{page('read', draft)}?draft=yes"

    assert f'href="{whole_draft}"' in amina.get(page("submit", draft)).text
    assert f'href="{whole_draft}"' in amina.get(page("task_list", draft)).text
    assert "Un autre titre</h1>" in amina.get(whole_draft).text
    assert "It was not submitted." in amina.get(whole_draft).text
    assert "Un autre titre</h1>" not in amina.get(page("read", draft)).text


def test_after_the_deadline_only_what_was_submitted_is_read(amina, draft, at):
    submit_application(application_id=draft.pk, by=amina.user, arrived_at=timezone.now())
    at(draft.call.closes_at + timedelta(hours=1))

    assert "It was not submitted." not in amina.get(f"{page('read', draft)}?draft=yes").text


def test_the_application_is_read_as_it_was_submitted(amina, draft):
    draft_text = amina.get(page("read", draft)).text
    assert "It was not submitted." in draft_text

    amina.post(page("submit", draft), submission())
    text = amina.get(page("read", draft)).text

    assert "Version 1, as it was submitted on" in text
    for seen in (
        draft.title,
        draft.partner_name,
        "Une fondation privée",
        "€134,820.00",
        "A11",
        "L1 · City-Province of Kinshasa",
    ):
        assert seen in text, seen
