"""The seven applications of the demo from draft to their outcomes, page by page, by people without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from applications.models import Application
from applications.models.sending import Sending
from portal.audit.verification import verify
from portal.demo import texts, walk
from portal.demo.report import kinds_of
from portal.mail.models import OutgoingMail
from tests import factories
from tests.journeys.within import browser
from tests.sealing import seal_all

STORIES = {story["ref"]: story for story in texts.stories()}
JUDGED = [name for name, story in STORIES.items() if "total_score" in story]
REFUSED = ["D-005", "D-006"]


def signed_in(email):
    screen = browser()
    walk.sign_in(screen, email)
    return screen


def owner_of(story):
    members = texts.organisations()[story["organisation"]]["members"]
    return next(member["email"] for member in members if member["role"] == "owner")


def written_and_handed_in(call):
    """The six that come by the portal."""
    days, writers = factories.calls.shift_to(call.closes_at), {}
    for name, story in STORIES.items():
        if story["channel"] == "portal":
            writers[name] = walk.Applicant(signed_in(owner_of(story)), story, days=days)
            writers[name].start(call.reference)
            writers[name].write()
            writers[name].hand_in()
    seal_all()
    return writers


def corrected(officer, writer):
    """The officer asks for another annex and the applicant sends it."""
    walk.take(officer, writer.reference)
    walk.ask_correction(officer, writer.reference, writer.story)
    writer.correct()
    seal_all()


def refused(officer, head, reference, story):
    """Proposed by one person and decided by the other."""
    walk.take(officer, reference)
    walk.answer(officer, reference, story)
    walk.refuse(officer, reference, story)
    walk.approve_refusal(head, reference)
    seal_all()


def judged(officer, references):
    """Admitted and scored by both reviewers."""
    for name in JUDGED:
        if name != "D-007":
            walk.take(officer, references[name])
        walk.answer(officer, references[name], STORIES[name])
        walk.admit(officer, references[name])
        for reviewer in ("Rachid", "Sofie"):
            walk.assign(officer, references[name], reviewer)
    for email in ("rachid@example.org", "sofie@example.org"):
        screen = signed_in(email)
        for name in JUDGED:
            story = STORIES[name]
            walk.review(screen, story["reviews"][email], story["title"][story["language"]])


@pytest.mark.early
@pytest.mark.django_db
def test_seven_applications_go_from_draft_to_every_outcome(at):
    with translation.override("fr"):
        call = factories.draft_call()
        walk.publish(signed_in("olga@example.org"), signed_in("helene@example.org"), call.reference)
        writers = written_and_handed_in(call)
        for writer in writers.values():
            page = walk.expect(writer.browser.open(writer.address("submitted")))
            assert any(link.endswith("/download/") for link in page.links)

        at(call.closes_at + timedelta(minutes=2))
        officer, head = signed_in("olga@example.org"), signed_in("helene@example.org")
        writers["D-007"].browser = signed_in(owner_of(STORIES["D-007"]))
        walk.open_assessment(officer, call.reference)
        references = {name: writer.reference for name, writer in writers.items()}
        references["D-006"] = walk.enter_paper(
            officer, call.reference, STORIES["D-006"], received_at=call.closes_at + timedelta(seconds=1)
        )
        corrected(officer, writers["D-007"])
        for name in REFUSED:
            refused(officer, head, references[name], STORIES[name])
        judged(officer, references)
        walk.freeze(officer, call.reference, [STORIES[name] for name in JUDGED])
        walk.approve(head, call.reference)
        seal_all()
        walk.notify(head, call.reference)
        posted = walk.post_letters(officer)

        decided = dict(Application.objects.values_list("reference", "state"))
        assert decided == {references[name]: story["expected_outcome"] for name, story in STORIES.items()}
        assert factories.fetch(call.envelope).committed == 264000
        assert OutgoingMail.objects.filter(template="reviews/decision_notified").count() == len(writers)
        assert (posted, Sending.objects.count()) == (2, 2), "the receipt and the decision of the paper application"
        assert verify().holds
        register = walk.expect(signed_in("axel@example.org").open(reverse("documents:register")))
        downloads = {link for link in register.links if link.endswith("/download/")}
        assert len(downloads) == sum(len(kinds_of(story)) for story in STORIES.values())
