"""The five calls of the demo (docs/process.md, section 12): one at each step, so that everyone finds something to do."""

from datetime import date, timedelta
from typing import Any

from applications.models import Application
from calls.models import Call
from portal.demo import calls, files, texts
from portal.demo.calls import noon
from portal.documents.models import Document
from portal.documents.services import render_document
from reviews import services

Story = dict[str, Any]
DECIDED_STORIES = ("D-001", "D-002", "D-003", "D-004")


def make_calls(anchor: date) -> None:
    """Everything below is deterministic, but for the anchor: the day of the set-up."""
    ready_to_publish(anchor)
    open_call(anchor)
    closed_call(anchor)
    reviewed_call(anchor)
    decided_call(anchor)


def ready_to_publish(anchor: date) -> Call:
    """A complete draft that an officer can propose and the head publish."""
    opens, closes = noon(anchor + timedelta(days=1)), noon(anchor + timedelta(days=75))
    return calls.draft("SUD2028-DEMO", "2028", opens_at=opens, closes_at=closes)


def open_call(anchor: date) -> Call:
    """An open call: Amina's draft is complete and only waits for her, others have just begun."""
    call = _published("SUD2027-DEMO", "2027", closes_on=anchor + timedelta(days=30))
    written = call.opens_at + timedelta(days=2)
    for number, story in enumerate(texts.stories()[:4]):
        application = files.start(call, story, at=written)
        if number == 0:
            files.fill(application, story, at=written, days=calls.shift_to(call.closes_at))
    return call


def closed_call(anchor: date) -> Call:
    """A closed call whose six files wait for screening."""
    call = _published("SUD2026-DEMO", "2026", closes_on=anchor - timedelta(days=7))
    _handed_in(call, [story for story in texts.stories() if story["channel"] == "portal"])
    return calls.open_assessment(call)


def reviewed_call(anchor: date) -> Call:
    """A call whose files are all reviewed: ready to freeze and approve."""
    call = _published("SUD2025-DEMO", "2025", closes_on=anchor - timedelta(days=60))
    _judged(call)
    return call


def decided_call(anchor: date) -> Call:
    """A call decided months ago: its letters are sealed, notified, and in the register."""
    call = _published("SUD2024-DEMO", "2024", closes_on=anchor - timedelta(days=170))
    told = _judged(call)
    people, later = calls.staff(), call.closes_at + timedelta(days=60)
    proposal = calls.freeze(call, told, at=later)
    services.approve_proposal(proposal_id=proposal.pk, by=people.head, at=later + timedelta(days=7))
    for document in Document.objects.filter(decision__line__proposal=proposal):
        render_document(document_id=document.pk)
    services.notify_decisions(proposal_id=proposal.pk, by=people.head, at=later + timedelta(days=8))
    return services.close_decisions(call_id=call.pk, by=people.head)


def _published(reference: str, year: str, *, closes_on: date) -> Call:
    closes = noon(closes_on)
    return calls.publish(calls.draft(reference, year, opens_at=closes - timedelta(days=45), closes_at=closes))


def _handed_in(call: Call, told: list[Story]) -> dict[int, Story]:
    """Each story written and handed in within the last days before the deadline; application id to story."""
    days, found = calls.shift_to(call.closes_at), {}
    for number, story in enumerate(told):
        moment = call.closes_at - timedelta(days=2, hours=-3 * number)
        application = files.fill(files.start(call, story, at=moment), story, at=moment, days=days)
        files.hand_in(application, at=moment + timedelta(minutes=40))
        found[application.pk] = story
    return found


def _judged(call: Call) -> dict[int, Story]:
    told = _handed_in(call, [story for story in texts.stories() if story["ref"] in DECIDED_STORIES])
    calls.open_assessment(call)
    for pk, story in told.items():
        application = Application.objects.select_related("call", "organisation").get(pk=pk)
        calls.screen(application, story, at=call.closes_at + timedelta(days=10))
        calls.review(application, story, at=call.closes_at + timedelta(days=40))
    return told
