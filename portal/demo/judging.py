"""Judges the files of a call as their stories say: screened, corrected, refused, scored, ranked."""

from datetime import datetime
from decimal import Decimal

from applications.models import Application
from calls.models import Call
from portal.accounts.models import User
from portal.demo import files, texts
from portal.demo.calls import staff
from portal.demo.files import Story
from portal.documents.models import Document
from portal.documents.services import render_document
from reviews import services
from reviews.choices import ConflictAnswer
from reviews.models import Assignment, Decision, Proposal


def take(application: Application, story: Story, *, at: datetime) -> None:
    """In screening, with every item answered as the story says, after the correction that the story tells of."""
    officer = staff().officer
    services.take_in_screening(application_id=application.pk, by=officer)
    if "correction" in story:
        ask_correction(application, story, at=at)
        files.correct(application, story, at=at)
    answers = [
        services.ScreeningInput(item=item, verdict=said["answer"], reason=said["reason"])
        for item in application.call.screening_items.all()
        if (said := story["screening"].get(item.code))
    ]
    services.answer_items(application_id=application.pk, by=officer, answers=answers, at=at)


def screen(application: Application, story: Story, *, at: datetime) -> None:
    """Taken in hand, every item answered as the story says, and admitted."""
    take(application, story, at=at)
    services.admit(application_id=application.pk, by=staff().officer)


def ask_correction(application: Application, story: Story, *, at: datetime) -> None:
    """The item of the story is to be corrected, by other files for its annexes."""
    told, call = story["correction"], application.call
    point = services.CorrectionInput(
        item=call.screening_items.get(code=told["item"]), missing=told["finding"], accepted=told["accepted"]
    )
    opened = list(call.annexes.filter(code__in=told["annexes"]))
    services.request_correction(application_id=application.pk, by=staff().officer, points=[point], opened=opened, at=at)


def refuse(application: Application, story: Story, *, at: datetime) -> Decision:
    """Refused on the items answered no, by officer and head of unit; the letter is sealed and the applicant told."""
    people = staff()
    take(application, story, at=at)
    draft = services.propose_refusal(application_id=application.pk, by=people.officer, at=at, **texts.refusal_of(story))
    decision = services.approve_refusal(draft_id=draft.pk, by=people.head, at=at)
    render_document(document_id=Document.objects.get(decision=decision).pk)
    return decision


def review(application: Application, story: Story, *, at: datetime) -> None:
    """Assigned to both reviewers, declared without conflict, scored with reasons and locked."""
    for reviewer in staff().reviewers:
        assignment = assign(application, reviewer, at=at)
        services.declare_conflict(assignment_id=assignment.pk, by=reviewer, answer=ConflictAnswer.NONE, at=at)
        score_all(assignment, story["reviews"][reviewer.email])
        services.lock_review(assignment_id=assignment.pk, by=reviewer, at=at)


def assign(application: Application, reviewer: User, *, at: datetime) -> Assignment:
    """The reviewer is asked for a declaration."""
    return services.assign_reviewer(application_id=application.pk, reviewer_id=reviewer.pk, by=staff().officer, at=at)


def score_all(assignment: Assignment, said: Story) -> None:
    """Every criterion has the score and the reason that this reviewer gives in the story."""
    for criterion in assignment.application.call.criteria.all():
        services.save_score(
            assignment_id=assignment.pk,
            criterion=criterion,
            by=assignment.reviewer,
            score=Decimal(str(said[criterion.code]["score"])),
            reason=said[criterion.code]["reason"],
        )


def freeze(call: Call, told: dict[int, Story], *, at: datetime) -> Proposal:
    """The ranked list is frozen, with the conclusions of the stories (application id to story)."""
    conclusions = {pk: story["decision"]["conclusion"] for pk, story in told.items()}
    return services.freeze_proposal(call_id=call.pk, by=staff().officer, conclusions=conclusions, at=at)


def decide(proposal: Proposal, *, approved_at: datetime, notified_at: datetime) -> None:
    """Approved, every letter sealed, everyone told."""
    head = staff().head
    services.approve_proposal(proposal_id=proposal.pk, by=head, at=approved_at)
    for document in Document.objects.filter(decision__line__proposal=proposal):
        render_document(document_id=document.pk)
    services.notify_decisions(proposal_id=proposal.pk, by=head, at=notified_at)
