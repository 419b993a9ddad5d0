"""Every step at which a file can stand, each reached through the services; what a branch makes is rolled back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from applications.models import Application
from applications.services import withdraw_application
from calls import services as calling
from calls.models import Envelope
from portal.demo import files
from portal.demo import judging as demo
from portal.documents.models import Document
from portal.documents.services import render_document
from reviews import services as judging
from reviews.models import Assignment
from tests import factories
from tests.factories import fetch, person
from tests.process.acts import BOTH, Stand
from tests.process.people import add_outsiders, belong_to
from tests.reviews import corrections, doors, lists

# Acts that tell a step from its neighbour.
TELLING = frozenset({"approve_proposal", "notify_decisions", "cancel_call", "withdraw_application", "close_decisions"})
LIFTING = frozenset({*TELLING, "promote_from_reserve", "expire_reserves", "return_proposal", "record_sending"})
CORRECTING = frozenset({"attach_annex", "remove_annex", "correct_application", "expire_corrections"})
SCREENING = frozenset({"answer_items", "admit", "request_correction", "propose_refusal:form", "propose_refusal:right"})
SETTLING = frozenset({"return_refusal", "approve_refusal"})
REVIEWING = frozenset(
    {
        *("declare_conflict:none", "declare_conflict:family", "declare_conflict:doubt"),
        *("settle_doubt:yes", "settle_doubt:no", "save_score", "lock_review", "confirm_review", "unlock_review"),
        *("recuse", "complete_review", "reopen_review", "request_correction"),
    }
)
Walk = Callable[[], Iterator[Stand]]


@contextmanager
def branch() -> Iterator[None]:
    """What happens inside has not happened afterwards. No atomic block: letters are sealed outside of any."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def at(name: str, file: Application, now: datetime | None = None, **given: Any) -> Stand:
    """The file as it stands now, or as it will at another moment."""
    found = Application.objects.select_related("call").get(pk=file.pk)
    return Stand(name, found, now or timezone.now(), **given)


def known(name: str, file: Application, now: datetime | None = None) -> Stand:
    """The step at which outsiders try everything too."""
    return at(name, file, now, by_outsiders=True)


def before_the_deadline() -> Iterator[Stand]:
    """Written, handed in, sealed, and what ends a file before anybody has read it."""
    call = factories.closed_call("EARLY-1")
    file, before = factories.full_draft(call), call.closes_at - timedelta(days=2)
    add_outsiders()
    yield known("draft", file, before)
    yield at("draft:late", file)
    with branch():
        calling.open_assessment(call_id=call.pk, by=person("olga"))
        yield known("lapsed", file)
    with branch():
        cancel(file)
        yield at("call_cancelled:draft", file)
    files.hand_in(file, at=before)
    yield known("submitted", file, before)
    yield at("submitted:late", file)
    with branch():
        withdraw(file)
        yield at("withdrawn:early", file, before)
    calling.open_assessment(call_id=call.pk, by=person("olga"))
    yield known("submitted:unsealed", file)


def at_the_door() -> Iterator[Stand]:
    """Screened: fit, unfit, refused."""
    file = corrections.in_screening(factories.closed_call("DOOR-1"))
    add_outsiders()
    yield at("in_screening", file)
    with branch():
        doors.save_answers(file)
        yield at("in_screening:fit", file)
        review(file, "rachid", until="locked")
        review(file, "sofie", until="locked")
        yield at("in_screening:judged", file, only=SCREENING)
    doors.save_answers(file, "R3", "E4")
    yield known("in_screening:unfit", file)
    for name, outcome in (("form", "inadmissible"), ("right", "ineligible")):
        with branch():
            draft = doors.proposed(file, outcome)
            yield known(f"in_screening:refusal_{name}", file)
            with branch():
                withdraw(file)
                yield at(f"withdrawn:refusal_{name}", file, only=SETTLING)
            decision = judging.approve_refusal(draft_id=draft.pk, by=person("helene"))
            yield known(outcome, file)
            if name == "form":
                render_document(document_id=decision.document_id)
                yield at(f"{outcome}:told", file)


def under_correction() -> Iterator[Stand]:
    """A correction asked in screening, in review, and in a file that was reviewed and opened again."""
    file = corrections.in_screening(factories.closed_call("FIX-1"))
    add_outsiders()
    with branch():
        yield from asked(file, "screening")
        corrections.answered(file)
        yield at("in_screening:corrected", file, only=SCREENING)
    doors.save_answers(file)
    judging.admit(application_id=file.pk, by=person("olga"))
    review(file, "rachid", until="locked")
    with branch():
        open_review = review(file, "sofie", until="scored")
        yield from asked(file, "review")
        corrections.answered(file)
        judging.lock_review(assignment_id=open_review.pk, by=person("sofie"))
        yield at("in_review:stale", file)
        with branch():
            withdraw(file)
            yield at("withdrawn:stale", file, only=REVIEWING)
    review(file, "sofie", until="locked")
    judging.reopen_review(application_id=file.pk, by=person("olga"), reason="Exemple.")
    yield from asked(file, "reopened")


def asked(file: Application, name: str) -> Iterator[Stand]:
    """The correction is asked, prepared, and too late."""
    corrections.asked(file)
    file = fetch(file)
    with branch():
        corrections.attach(file)
        yield known(f"correction_requested:{name}", file)
        late = file.correction.due_at + timedelta(minutes=2)
        yield at(f"correction_requested:{name}_late", file, late, only=CORRECTING)


def under_review() -> Iterator[Stand]:
    """From the first assignment to a reviewed file, and back."""
    (file,) = factories.admitted(factories.closed_call("READ-1"), "D-001")
    add_outsiders()
    yield at("in_review", file)
    review(file, "sofie", until="locked")
    mine = review(file, "rachid", until="assigned")
    yield at("in_review:assigned", file)
    with branch():
        withdraw(file)
        yield at("withdrawn:assigned", file, only=REVIEWING)
    for answer in ("doubt", "family"):
        with branch():
            judging.declare_conflict(assignment_id=mine.pk, by=person("rachid"), answer=answer)
            yield at(f"in_review:{answer}", file, only=REVIEWING)
            withdraw(file)
            yield at(f"withdrawn:{answer}", file, only=REVIEWING)
    score(mine)
    yield known("in_review:scored", file)
    with branch():
        withdraw(file)
        yield known("withdrawn:scored", file)
    with branch():
        cancel(file)
        yield known("call_cancelled:scored", file)
    judging.lock_review(assignment_id=mine.pk, by=person("rachid"))
    yield known("reviewed", file)
    judging.reopen_review(application_id=file.pk, by=person("olga"), reason="Exemple.")
    yield at("in_review:reopened", file)


def in_a_list() -> Iterator[Stand]:
    """Frozen, approved, told: D-001 is awarded, D-002 waits on the reserve list, D-004 is rejected."""
    call = factories.closed_call("LIST-1")
    found = lists.reviewed(call, "D-001", "D-002", "D-004")
    add_outsiders()
    for file in found.values():
        belong_to(file.organisation)
    first, second, last = found.values()
    Envelope.objects.filter(call=call).update(ceiling=Decimal(130000))
    ranked = lists.frozen(call, found)
    yield known("proposed", first)
    judging.approve_proposal(proposal_id=ranked.pk, by=person("helene"))
    yield at("approved:unsealed", first, only=TELLING)
    seal()
    yield from (
        known("approved", first),
        at("approved:reserve", second, only=TELLING),
        at("approved:rejected", last, only=TELLING),
    )
    with branch():
        withdraw(first)
        yield at("withdrawn:approved", first)
    judging.notify_decisions(proposal_id=ranked.pk, by=person("helene"))
    yield from (known("awarded", first), at("rejected", last), at("on_reserve:short", second, only=LIFTING))
    yield from on_reserve(second)


def on_reserve(file: Application) -> Iterator[Stand]:
    """The money suffices for the file that waits: what ends its wait."""
    Envelope.objects.filter(call=file.call).update(ceiling=Decimal(300000))
    over = timezone.now() + timedelta(days=370)
    yield from (known("on_reserve", file), at("on_reserve:over", file, over, only=LIFTING))
    with branch():
        judging.expire_reserves(at=over)
        yield at("lapsed:reserve", file)
    with branch():
        withdraw(file)
        yield at("withdrawn:reserve", file, only=LIFTING)
    with branch():
        cancel(file)
        yield at("call_cancelled:reserve", file, only=LIFTING)
    with branch():
        judging.close_decisions(call_id=file.call_id, by=person("helene"))
        yield at("on_reserve:decided", file, only=LIFTING)
    lifted = judging.promote_from_reserve(application_id=file.pk, by=person("olga"))
    yield at("proposed:lifted", file)
    judging.approve_proposal(proposal_id=lifted.pk, by=person("helene"))
    seal()
    yield at("approved:lifted", file)
    judging.notify_decisions(proposal_id=lifted.pk, by=person("helene"))
    yield at("awarded:lifted", file, only=TELLING)


WALKS: dict[str, Walk] = {
    walk.__name__: walk for walk in (before_the_deadline, at_the_door, under_correction, under_review, in_a_list)
}


def review(file: Application, name: str, *, until: str) -> Assignment:
    """The review of this person, assigned, scored or locked."""
    made = judging.assign_reviewer(application_id=file.pk, reviewer_id=person(name).pk, by=person("olga"))
    if until != "assigned":
        score(made)
    if until == "locked":
        judging.lock_review(assignment_id=made.pk, by=person(name))
    return made


def score(mine: Assignment) -> None:
    """Declared without conflict, and every criterion scored as the story says."""
    judging.declare_conflict(assignment_id=mine.pk, by=mine.reviewer, answer="none")
    demo.score_all(mine, factories.story("D-001")["reviews"][mine.reviewer.email])


def withdraw(file: Application) -> None:
    """Amina withdraws the file."""
    withdraw_application(application_id=file.pk, by=person("amina"), reason="Exemple.")


def cancel(file: Application) -> None:
    """Hélène cancels the call."""
    calling.cancel_call(call_id=file.call_id, by=person("helene"), reason=BOTH)


def seal() -> None:
    """Every letter that decides is sealed."""
    for pk in Document.objects.filter(decision__isnull=False, file__isnull=True).values_list("pk", flat=True):
        render_document(document_id=pk)
