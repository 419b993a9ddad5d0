"""Every act on an application, with arguments that the right person in the right state would give.

An act answers None where there is nothing to act on: no review, no list, no draft of a refusal, no letter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from applications import services as applying
from applications.choices import SendingChannel
from applications.models import Annex, Application
from calls import services as calling
from calls.models import AnnexRequirement, Call, Criterion, Question
from portal.accounts.models import User
from portal.documents.models import Document
from reviews import services as judging
from reviews.chain import chain_of
from reviews.choices import REASON_MINIMUM
from reviews.models import Assignment, DraftDecision, Proposal
from tests import factories
from tests.files.samples import pdf
from tests.process.people import THIRD_READER
from tests.reviews import chains, corrections, doors

BOTH = {"fr": "Motif Exemple.", "nl": "Voorbeeldreden."}
SCAN = pdf()


@dataclass(frozen=True)
class Stand:
    """Where a file stands, under a name that begins with its state, and the moment at which something is tried."""

    name: str
    row: Application
    now: datetime
    # These acts tell it from another step of the same state; at a step without them everything is tried.
    only: frozenset[str] = frozenset()

    @property
    def file(self) -> Application:
        """The file itself."""
        return self.row

    @cached_property
    def call(self) -> Call:
        """The call of the file."""
        return self.row.call

    @cached_property
    def review(self) -> Assignment | None:
        """The review of Rachid."""
        return self.file.assignments.filter(reviewer__email="rachid@example.org").first()

    @cached_property
    def refusal(self) -> DraftDecision | None:
        """The last draft of a refusal."""
        return self.file.draft_decisions.last()

    @cached_property
    def ranked(self) -> Proposal | None:
        """The last list in which the file stands."""
        return Proposal.objects.filter(lines__application=self.file).last()

    @cached_property
    def letter(self) -> Document | None:
        """The last letter about the file."""
        return Document.objects.filter(about=self.file.audit_name).order_by("pk").last()

    @cached_property
    def question(self) -> Question:
        """A question that no correction opens."""
        return corrections.question(self.file)

    @cached_property
    def requirement(self) -> AnnexRequirement:
        """The annex that a correction opens."""
        return corrections.annex(self.file)

    @cached_property
    def annex(self) -> Annex:
        """The file attached for it."""
        return self.file.annexes.get(requirement=self.requirement)

    @cached_property
    def point(self) -> judging.CorrectionInput:
        """One item that can be corrected."""
        return corrections.point(self.file)

    @cached_property
    def criterion(self) -> Criterion:
        """One of the criteria."""
        return self.call.criteria.all()[0]

    @cached_property
    def conclusions(self) -> dict[int, str]:
        """A conclusion of its own for each file of the call."""
        return {file.pk: f"Motif Exemple {file.pk}." for file in self.call.applications.all()}

    @cached_property
    def third(self) -> User:
        """Somebody who may be asked for a review."""
        return factories.person(THIRD_READER)

    @cached_property
    def other_officer(self) -> User:
        """Somebody to whom the file may be given."""
        return factories.person("pieter")


Attempt = Callable[[], Any]
Act = Callable[[Stand, Any], Attempt | None]
ACTS: dict[str, Act] = {}
# Nobody asks for them: periodic jobs.
BY_THE_SYSTEM = {"expire_corrections", "expire_reserves"}


def act(found: Act) -> Act:
    """Register an act under the name of its service; a variant follows after two underscores."""
    ACTS[found.__name__.replace("__", ":")] = found
    return found


def on_file(service: Callable[..., Any], **given: Any) -> Act:
    """An act on the file itself, whose arguments are the same everywhere."""
    return lambda stand, by: lambda: service(application_id=stand.file.pk, by=by, **given)


def on_call(service: Callable[..., Any], **given: Any) -> Callable[[Any, Any], Attempt]:
    """An act on the call, or on the call of the file."""
    return lambda stand, by: lambda: service(call_id=stand.call.pk, by=by, **given)


def on_part(part: str, service: Callable[..., Any], **given: Any) -> Act:
    """An act on the review, the list or the refusal of the file, where there is one."""
    key = {"review": "assignment_id", "ranked": "proposal_id", "refusal": "draft_id"}[part]

    def tried(stand: Stand, by: Any) -> Attempt | None:
        row = getattr(stand, part)
        return row and (lambda: service(**{key: row.pk}, by=by, **given))

    return tried


@act
def save_project(stand: Stand, by: Any) -> Attempt:
    values = {"place": "Exemple"}
    return lambda: applying.save_project(application_id=stand.file.pk, by=by, values=values, at=stand.now)


@act
def save_answers(stand: Stand, by: Any) -> Attempt:
    answers = {stand.question: "Exemple."}
    return lambda: applying.save_answers(application_id=stand.file.pk, by=by, answers=answers, at=stand.now)


@act
def save_budget(stand: Stand, by: Any) -> Attempt:
    return lambda: applying.save_budget(application_id=stand.file.pk, by=by, lines=[], income={}, at=stand.now)


@act
def attach_annex(stand: Stand, by: Any) -> Attempt:
    upload = SimpleUploadedFile("exemple.pdf", SCAN, content_type="application/pdf")
    given = {"requirement": stand.requirement, "upload": upload, "at": stand.now}
    return lambda: applying.attach_annex(application_id=stand.file.pk, by=by, **given)


@act
def remove_annex(stand: Stand, by: Any) -> Attempt:
    given = {"annex_id": stand.annex.pk, "at": stand.now}
    return lambda: applying.remove_annex(application_id=stand.file.pk, by=by, **given)


@act
def submit_application(stand: Stand, by: Any) -> Attempt:
    key = uuid4()
    return lambda: applying.submit_application(application_id=stand.file.pk, by=by, arrived_at=stand.now, key=key)


@act
def correct_application(stand: Stand, by: Any) -> Attempt:
    return lambda: applying.correct_application(application_id=stand.file.pk, by=by, arrived_at=stand.now)


@act
def expire_corrections(stand: Stand, by: Any) -> Attempt:
    return lambda: applying.expire_corrections(at=stand.now)


@act
def record_sending(stand: Stand, by: Any) -> Attempt | None:
    letter, today = stand.letter, timezone.localdate()
    return letter and (
        lambda: applying.record_sending(document_id=letter.pk, by=by, channel=SendingChannel.POST, sent_on=today)
    )


@act
def record_period(stand: Stand, by: Any) -> Attempt:
    given = {"starts_on": timezone.localdate(), "duration": 12, "source": "Page 3."}
    return lambda: applying.record_period(application_id=stand.file.pk, by=by, **given)


@act
def answer_items(stand: Stand, by: Any) -> Attempt:
    answers = [judging.ScreeningInput(item=stand.point.item, verdict="yes", reason="Exemple.")]
    return lambda: judging.answer_items(application_id=stand.file.pk, by=by, answers=answers)


@act
def request_correction(stand: Stand, by: Any) -> Attempt:
    given = {"points": [stand.point], "opened": [stand.requirement]}
    return lambda: judging.request_correction(application_id=stand.file.pk, by=by, **given)


@act
def assign_reviewer(stand: Stand, by: Any) -> Attempt:
    reviewer = stand.third.pk
    return lambda: judging.assign_reviewer(application_id=stand.file.pk, reviewer_id=reviewer, by=by)


@act
def assign_file(stand: Stand, by: Any) -> Attempt:
    officer = stand.other_officer.pk
    return lambda: judging.assign_file(application_id=stand.file.pk, officer_id=officer, by=by)


@act
def save_score(stand: Stand, by: Any) -> Attempt | None:
    review = stand.review
    given = {"criterion": stand.criterion, "score": Decimal(4), "reason": "x" * REASON_MINIMUM}
    return review and (lambda: judging.save_score(assignment_id=review.pk, by=by, **given))


@act
def freeze_proposal(stand: Stand, by: Any) -> Attempt:
    conclusions = stand.conclusions
    return lambda: judging.freeze_proposal(call_id=stand.call.pk, by=by, conclusions=conclusions)


@act
def transmit_proposal(stand: Stand, by: Any) -> Attempt | None:
    ranked, today = stand.ranked, timezone.localdate()
    return ranked and (lambda: judging.transmit_proposal(proposal_id=ranked.pk, by=by, on=today, to="Exemple"))


def record_external_step(opinion: str) -> Act:
    """An answer for the step whose turn it is."""

    def tried(stand: Stand, by: Any) -> Attempt | None:
        ranked = stand.ranked
        step = ranked and chain_of(ranked).next
        place = step.place if step else 1
        given = {"place": place, "act": chains.act(opinion)}
        return ranked and (lambda: judging.record_external_step(proposal_id=ranked.pk, by=by, **given))

    return tried


@act
def promote_from_reserve(stand: Stand, by: Any) -> Attempt:
    return lambda: judging.promote_from_reserve(application_id=stand.file.pk, by=by, at=stand.now)


@act
def expire_reserves(stand: Stand, by: Any) -> Attempt:
    return lambda: judging.expire_reserves(at=stand.now)


@act
def open_assessment(stand: Stand, by: Any) -> Attempt:
    return lambda: calling.open_assessment(call_id=stand.call.pk, by=by, at=stand.now)


@act
def extend_deadline(stand: Stand, by: Any) -> Attempt:
    later = timezone.now() + timedelta(days=20)
    return lambda: calling.extend_deadline(call_id=stand.call.pk, by=by, reason=BOTH, closes_at=later)


REFUSAL = {"conclusion": doors.CONCLUSION, "why_not_cured": doors.WHY}
ACTS |= {
    "withdraw_application": on_file(applying.withdraw_application, reason="Exemple."),
    "take_in_screening": on_file(judging.take_in_screening),
    "admit": on_file(judging.admit),
    "propose_refusal:form": on_file(judging.propose_refusal, outcome="inadmissible", **REFUSAL),
    "propose_refusal:right": on_file(judging.propose_refusal, outcome="ineligible", **REFUSAL),
    "return_refusal": on_part("refusal", judging.return_refusal, reason="Exemple."),
    "approve_refusal": on_part("refusal", judging.approve_refusal),
    "declare_conflict:none": on_part("review", judging.declare_conflict, answer="none"),
    "declare_conflict:family": on_part("review", judging.declare_conflict, answer="family", note="Exemple."),
    "declare_conflict:doubt": on_part("review", judging.declare_conflict, answer="doubt", note="Exemple."),
    "settle_doubt:yes": on_part("review", judging.settle_doubt, may_review=True),
    "settle_doubt:no": on_part("review", judging.settle_doubt, may_review=False),
    "lock_review": on_part("review", judging.lock_review),
    "confirm_review": on_part("review", judging.confirm_review),
    "unlock_review": on_part("review", judging.unlock_review, reason="Exemple."),
    "recuse": on_part("review", judging.recuse, reason="Exemple."),
    "reopen_review": on_file(judging.reopen_review, reason="Exemple."),
    "complete_review": on_file(judging.complete_review),
    "keep_draft_of_list": on_call(judging.keep_draft_of_list, typed={}, version=0),
    "return_proposal": on_part("ranked", judging.return_proposal, reason="Exemple."),
    "approve_proposal": on_part("ranked", judging.approve_proposal),
    "notify_decisions": on_part("ranked", judging.notify_decisions),
    "record_external_step:yes": record_external_step("favourable"),
    "record_external_step:no": record_external_step("unfavourable"),
    "close_decisions": on_call(judging.close_decisions),
    "cancel_call": on_call(calling.cancel_call, reason=BOTH),
}
