"""Every step at which a file can stand, each reached through the services; what a branch makes is rolled back."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from applications.models import Application
from applications.services import withdraw_application
from calls import services as calling
from calls.models import Envelope
from portal.demo import files
from portal.demo import judging as demo
from portal.documents.models import Document
from reviews import services as judging
from reviews.models import Assignment
from tests import factories
from tests.applications import papers
from tests.factories import fetch, person
from tests.process.acts import BOTH, Stand
from tests.process.branches import branch
from tests.process.people import add_outsiders, belong_to
from tests.reviews import chains, corrections, doors, lists
from tests.sealing import seal

# On a file that came on paper.
ON_PAPER = frozenset({"record_period", "take_in_screening"})
# What tells a step from its neighbours: at such a step these acts alone are tried, by whoever works on the file.
EARLY = frozenset(
    {
        *("save_project", "save_answers", "save_budget", "attach_annex", "remove_annex", "submit_application"),
        *("withdraw_application", "take_in_screening", "open_assessment", "extend_deadline", "cancel_call"),
        *("assign_file", "record_sending"),
    }
)
SCREENING = frozenset(
    {
        *("answer_items", "admit", "request_correction", "propose_refusal:form", "propose_refusal:right"),
        *("return_refusal", "approve_refusal", "assign_reviewer", "withdraw_application", "cancel_call"),
    }
)
CORRECTING = frozenset(
    {"save_answers", "attach_annex", "remove_annex", "correct_application", "expire_corrections", "recuse"}
)
REVIEWING = frozenset(
    {
        *("declare_conflict:none", "declare_conflict:family", "declare_conflict:doubt", "assign_reviewer"),
        *("settle_doubt:yes", "settle_doubt:no", "save_score", "lock_review", "confirm_review", "unlock_review"),
        *("recuse", "complete_review", "reopen_review", "request_correction", "freeze_proposal"),
    }
)
DRAFTING = frozenset({"keep_draft_of_list", "freeze_proposal"})
TELLING = frozenset(
    {
        *("approve_proposal", "return_proposal", "notify_decisions", "withdraw_application", "cancel_call"),
        *("close_decisions", "promote_from_reserve", "expire_reserves", "freeze_proposal", "record_sending"),
    }
)
OUTSIDE = frozenset(
    {
        *("return_proposal", "transmit_proposal", "record_external_step:yes", "record_external_step:no"),
        *("notify_decisions", "withdraw_application", "cancel_call"),
    }
)
Walk = Callable[[], Iterator[Stand]]


def whole(name: str, file: Application, now: datetime | None = None) -> Stand:
    """The file as it stands now, or as it will at another moment: everybody tries everything."""
    return at(name, file, frozenset(), now)


def at(name: str, file: Application, only: frozenset[str], now: datetime | None = None) -> Stand:
    """The same for some acts."""
    found = Application.objects.select_related("call").get(pk=file.pk)
    return Stand(name, found, now or timezone.now(), only)


def before_the_deadline() -> Iterator[Stand]:
    """Written, handed in, sealed, and what ends a file before anybody has read it."""
    call = factories.closed_call("EARLY-1")
    file, before = factories.full_draft(call), call.closes_at - timedelta(days=2)
    add_outsiders()
    yield whole("draft", file, before)
    yield at("draft:late", file, EARLY)
    with branch():
        calling.open_assessment(call_id=call.pk, by=person("olga"))
        yield whole("lapsed", file)
    with branch():
        cancel(file)
        yield at("call_cancelled:draft", file, EARLY)
    files.hand_in(file, at=before)
    yield at("submitted", file, EARLY, before)
    yield at("submitted:late", file, EARLY)
    with branch():
        withdraw(file)
        yield at("withdrawn:early", file, EARLY, before)
    calling.open_assessment(call_id=call.pk, by=person("olga"))
    yield whole("submitted:unsealed", file)
    with branch():
        yield at("submitted:paper", papers.entered(call, organisation=file.organisation), ON_PAPER)


def at_the_door() -> Iterator[Stand]:
    """Screened: fit, unfit, refused."""
    file = corrections.in_screening(factories.closed_call("DOOR-1"))
    add_outsiders()
    yield at("in_screening", file, SCREENING)
    with branch():
        doors.save_answers(file)
        yield at("in_screening:fit", file, SCREENING)
        mine = review(file, "rachid", until="assigned")
        judging.declare_conflict(assignment_id=mine.pk, by=person("rachid"), answer="none")
        yield at("in_screening:declared", file, SCREENING | {"save_score", "lock_review", "recuse"})
    doors.save_answers(file, "R3", "E4")
    yield whole("in_screening:unfit", file)
    for name, outcome in (("form", "inadmissible"), ("right", "ineligible")):
        with branch():
            draft = doors.proposed(file, outcome)
            refusal = f"in_screening:refusal_{name}"
            yield whole(refusal, file) if name == "form" else at(refusal, file, SCREENING)
            with branch():
                withdraw(file)
                yield at(f"withdrawn:refusal_{name}", file, SCREENING)
            decision = judging.approve_refusal(draft_id=draft.pk, by=person("helene"))
            yield whole(outcome, file)
            if name == "form":
                seal(decision.document_id)
                yield at(f"{outcome}:told", file, TELLING)


def under_correction() -> Iterator[Stand]:
    """A correction asked in screening, in review, and in a file that was reviewed and opened again."""
    file = corrections.in_screening(factories.closed_call("FIX-1"))
    add_outsiders()
    with branch():
        yield from asked(file, "screening")
        corrections.answered(file)
        yield at("in_screening:corrected", file, SCREENING)
    doors.save_answers(file)
    judging.admit(application_id=file.pk, by=person("olga"))
    review(file, "rachid", until="locked")
    with branch():
        open_review = review(file, "sofie", until="scored")
        yield from asked(file, "review")
        corrections.answered(file)
        judging.lock_review(assignment_id=open_review.pk, by=person("sofie"))
        yield at("in_review:stale", file, REVIEWING)
        with branch():
            withdraw(file)
            yield at("withdrawn:stale", file, REVIEWING)
    review(file, "sofie", until="locked")
    judging.reopen_review(application_id=file.pk, by=person("olga"), reason="Exemple.")
    yield from asked(file, "reopened")


def asked(file: Application, name: str) -> Iterator[Stand]:
    """The correction is asked, prepared, and too late."""
    corrections.asked(file)
    file = fetch(file)
    with branch():
        corrections.attach(file)
        yield (
            whole("correction_requested:review", file)
            if name == "review"
            else at(f"correction_requested:{name}", file, CORRECTING)
        )
        late = file.correction.due_at + timedelta(minutes=2)
        yield at(f"correction_requested:{name}_late", file, CORRECTING, late)


def under_review() -> Iterator[Stand]:
    """From the first assignment to a reviewed file, and back."""
    (file,) = factories.admitted(factories.closed_call("READ-1"), "D-001")
    add_outsiders()
    yield at("in_review", file, REVIEWING)
    review(file, "sofie", until="locked")
    mine = review(file, "rachid", until="assigned")
    yield at("in_review:assigned", file, REVIEWING)
    with branch():
        withdraw(file)
        yield at("withdrawn:assigned", file, REVIEWING)
    for answer in ("doubt", "family"):
        with branch():
            judging.declare_conflict(assignment_id=mine.pk, by=person("rachid"), answer=answer)
            yield at(f"in_review:{answer}", file, REVIEWING)
            withdraw(file)
            yield at(f"withdrawn:{answer}", file, REVIEWING)
    score(mine)
    yield whole("in_review:scored", file)
    with branch():
        withdraw(file)
        yield whole("withdrawn:scored", file)
    with branch():
        cancel(file)
        yield whole("call_cancelled:scored", file)
    judging.lock_review(assignment_id=mine.pk, by=person("rachid"))
    yield whole("reviewed", file)
    judging.reopen_review(application_id=file.pk, by=person("olga"), reason="Exemple.")
    yield at("in_review:reopened", file, REVIEWING)


def in_a_list() -> Iterator[Stand]:
    """Frozen, approved, told: D-001 is awarded, D-002 waits on the reserve list, D-004 is rejected."""
    call = factories.closed_call("LIST-1")
    found = lists.reviewed(call, "D-001", "D-002", "D-004")
    add_outsiders()
    for file in found.values():
        belong_to(file.organisation)
    first, second, last = found.values()
    Envelope.objects.filter(call=call).update(ceiling=Decimal(130000))
    with branch():
        judging.keep_draft_of_list(call_id=call.pk, by=person("olga"), typed={}, version=0)
        yield at("reviewed:drafted", first, DRAFTING)
    ranked = lists.frozen(call, found)
    yield whole("proposed", first)
    judging.approve_proposal(proposal_id=ranked.pk, by=person("helene"))
    yield at("approved:unsealed", first, TELLING)
    seal_decisions()
    yield from (
        whole("approved", first),
        at("approved:reserve", second, TELLING),
        at("approved:rejected", last, TELLING),
    )
    with branch():
        withdraw(first)
        yield at("withdrawn:approved", first, TELLING)
    judging.notify_decisions(proposal_id=ranked.pk, by=person("helene"))
    yield from (whole("awarded", first), whole("rejected", last), at("on_reserve:short", second, TELLING))
    yield from on_reserve(second)


def on_reserve(file: Application) -> Iterator[Stand]:
    """The money suffices for the file that waits: what ends its wait."""
    Envelope.objects.filter(call=file.call).update(ceiling=Decimal(300000))
    over = timezone.now() + timedelta(days=370)
    yield from (whole("on_reserve", file), at("on_reserve:over", file, TELLING, over))
    with branch():
        judging.expire_reserves(at=over)
        yield at("lapsed:reserve", file, TELLING)
    with branch():
        withdraw(file)
        yield at("withdrawn:reserve", file, TELLING)
    with branch():
        cancel(file)
        yield at("call_cancelled:reserve", file, TELLING)
    with branch():
        judging.close_decisions(call_id=file.call_id, by=person("helene"))
        yield at("on_reserve:decided", file, TELLING)
    lifted = judging.promote_from_reserve(application_id=file.pk, by=person("olga"))
    yield at("proposed:lifted", file, TELLING)
    judging.approve_proposal(proposal_id=lifted.pk, by=person("helene"))
    seal_decisions()
    yield at("approved:lifted", file, TELLING)
    judging.notify_decisions(proposal_id=lifted.pk, by=person("helene"))
    yield at("awarded:lifted", file, TELLING)


def passing_outside() -> Iterator[Stand]:
    """One external step applies to the list; what a refusal there, or the end of the call, makes of the file."""
    call = factories.closed_call("OUT-1")
    found = lists.reviewed(call, "D-001")
    add_outsiders()
    (file,) = found.values()
    chains.set_up(call.unit, chains.FINANCE)
    ranked = judging.approve_proposal(proposal_id=lists.frozen(call, found).pk, by=person("helene"))
    yield at("approved:outside", file, OUTSIDE)
    chains.transmit(ranked)
    yield whole("approved:transmitted", file)
    with branch():
        chains.record(ranked, 1, "unfavourable")
        yield at("reviewed:unfavourable", file, OUTSIDE)
    with branch():
        cancel(file)
        yield at("call_cancelled:transmitted", file, OUTSIDE)
    chains.record(ranked, 1)
    yield at("approved:granted", file, OUTSIDE)
    seal_decisions()
    yield at("approved:granted_sealed", file, OUTSIDE)


WALKS: dict[str, Walk] = {
    walk.__name__: walk
    for walk in (before_the_deadline, at_the_door, under_correction, under_review, in_a_list, passing_outside)
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


def seal_decisions() -> None:
    """Every letter that decides is sealed."""
    for pk in Document.objects.filter(decision__isnull=False, file__isnull=True).values_list("pk", flat=True):
        seal(pk)
