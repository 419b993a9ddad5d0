"""D-001 and D-004 from draft to sealed award and sealed rejection, page by page, by people without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from applications.choices import State
from applications.models import Application
from portal.audit.verification import verify
from portal.demo import texts, walk
from portal.documents.models import Document
from portal.documents.services import render_document
from portal.mail.models import OutgoingMail
from tests import factories
from tests.journeys.within import browser

TOLD = ("D-001", "D-004")


def signed_in(email):
    screen = browser()
    walk.sign_in(screen, email)
    return screen


def owner_of(story):
    members = texts.organisations()[story["organisation"]]["members"]
    return next(member["email"] for member in members if member["role"] == "owner")


def make_letters():
    for pk in Document.objects.filter(file=None).values_list("pk", flat=True):
        assert render_document(document_id=pk)


@pytest.mark.django_db
def test_two_applications_go_from_draft_to_sealed_decisions(at):
    with translation.override("fr"):
        call = factories.draft_call()
        officer, head = signed_in("olga@example.org"), signed_in("helene@example.org")
        walk.publish(officer, head, call.reference)

        stories = {reference: factories.story(reference) for reference in TOLD}
        writers = {}
        days = factories.calls.shift_to(call.closes_at)
        for reference, story in stories.items():
            writer = walk.Applicant(signed_in(owner_of(story)), story, days=days)
            writer.start(call.reference)
            writer.write()
            writer.hand_in()
            writers[reference] = writer
        make_letters()
        for writer in writers.values():
            page = walk.expect(writer.browser.open(writer.address("submitted")))
            assert any(link.endswith("/download/") for link in page.links)

        at(call.closes_at + timedelta(minutes=2))
        officer, head = signed_in("olga@example.org"), signed_in("helene@example.org")
        walk.open_assessment(officer, call.reference)
        for reference in TOLD:
            walk.screen(officer, writers[reference].reference, stories[reference])
            for name in ("Rachid", "Sofie"):
                walk.assign(officer, writers[reference].reference, name)
        for email in ("rachid@example.org", "sofie@example.org"):
            screen = signed_in(email)
            for story in stories.values():
                walk.review(screen, story["reviews"][email], story["title"][story["language"]])
        walk.freeze(officer, call.reference, stories)
        walk.approve(head, call.reference)
        make_letters()
        walk.notify(head, call.reference)

        decided = dict(Application.objects.values_list("reference", "state"))
        assert decided == {writers["D-001"].reference: State.AWARDED, writers["D-004"].reference: State.REJECTED}
        assert factories.fetch(call.envelope).committed == 121000
        assert OutgoingMail.objects.filter(template="reviews/decision_notified").count() == 2
        assert verify().holds
        auditor = signed_in("axel@example.org")
        register = walk.expect(auditor.open(reverse("documents:register")))
        downloads = {link for link in register.links if link.endswith("/download/")}
        assert len(downloads) == 4
        for link in downloads:
            assert walk.expect(auditor.open(link)).body.startswith(b"%PDF-1.7")
