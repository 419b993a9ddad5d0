"""The five calls of the demo (docs/process.md, section 12): one at each step, so that everyone finds something to do."""

from datetime import date, timedelta
from typing import Any

from applications.models import Application
from calls.models import Call
from portal.demo import calls, files, judging, texts
from portal.demo.calls import noon
from reviews import services
from reviews.choices import ConflictAnswer

Story = dict[str, Any]
UNDER_REVIEW = "D-002"
DOUBT = "Ik gaf in 2019 één keer les in een vorming van deze vereniging. Telt dat nog als een band?"


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
    """A closed call: six files wait for screening, one of them on paper; a seventh waits for its reviewers.

    One reviewer can begin; the other does not know whether a tie counts, and asks the head of unit.
    """
    call = _published("SUD2026-DEMO", "2026", closes_on=anchor - timedelta(days=7))
    told = _received(call)
    admitted = next(pk for pk, story in told.items() if story["ref"] == UNDER_REVIEW)
    screened, people = call.closes_at + timedelta(days=3), calls.staff()
    judging.screen(_file(admitted), told[admitted], at=screened)
    _ready, doubtful = (judging.assign(_file(admitted), reviewer, at=screened) for reviewer in people.reviewers)
    services.declare_conflict(
        assignment_id=doubtful.pk, by=doubtful.reviewer, answer=ConflictAnswer.DOUBT, note=DOUBT, at=screened
    )
    return call


def reviewed_call(anchor: date) -> Call:
    """A call whose files are all judged: two are refused at the door, five are ready to freeze and approve."""
    call = _published("SUD2025-DEMO", "2025", closes_on=anchor - timedelta(days=60))
    _judged(call)
    return call


def decided_call(anchor: date) -> Call:
    """A call decided months ago: its letters are sealed, notified or posted, and in the register."""
    call = _published("SUD2024-DEMO", "2024", closes_on=anchor - timedelta(days=170))
    ranked = _judged(call)
    later = call.closes_at + timedelta(days=60)
    proposal = judging.freeze(call, ranked, at=later)
    judging.decide(proposal, approved_at=later + timedelta(days=7), notified_at=later + timedelta(days=8))
    return services.close_decisions(call_id=call.pk, by=calls.staff().head)


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


def _received(call: Call) -> dict[int, Story]:
    """The assessment is opened on what came by the portal and the one that came on paper, one second late."""
    told = _handed_in(call, [story for story in texts.stories() if story["channel"] == "portal"])
    call = calls.open_assessment(call)
    (paper,) = (story for story in texts.stories() if story["channel"] == "paper")
    late = call.closes_at + timedelta(seconds=1)
    entered = files.enter_paper(
        call, paper, by=calls.staff().officer, received_at=late, at=call.closes_at + timedelta(hours=3)
    )
    return {**told, entered.pk: paper}


def _judged(call: Call) -> dict[int, Story]:
    """Every file is refused at the door or reviewed; those that can be ranked."""
    ranked = {}
    for pk, story in _received(call).items():
        application = _file(pk)
        if "total_score" not in story:
            judging.refuse(application, story, at=call.closes_at + timedelta(days=20))
        else:
            judging.screen(application, story, at=call.closes_at + timedelta(days=10))
            judging.review(application, story, at=call.closes_at + timedelta(days=40))
            ranked[pk] = story
        if story["channel"] == "paper":
            files.post_letters(application, by=calls.staff().officer)
    return ranked


def _file(pk: int) -> Application:
    return Application.objects.select_related("call", "organisation").get(pk=pk)
