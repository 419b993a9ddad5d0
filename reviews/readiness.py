"""What stands in the way of each act between screening and notification; pages and refusals use the same lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import CANCELLABLE, CORRECTABLE, REFUSED_AT_THE_DOOR, State
from applications.models import Application, Correction
from calls.choices import State as CallState
from calls.models import AnnexRequirement, Call, Question, ScreeningItem
from portal.core.exceptions import Problem
from reviews.chain import awaited_outside, chain_of
from reviews.choices import (
    GAP_FOR_THIRD_READING,
    READINGS_OF_A_GAP,
    REASON_MINIMUM,
    UNDECIDED,
    AssignmentState,
    DraftState,
    ProposalState,
)
from reviews.choices import ScreeningVerdict as Verdict
from reviews.lines import beyond_grants_maximum, missing_in_line, missing_money, unsettled_tie
from reviews.models import Assignment, Decision, Proposal
from reviews.points import review_total
from reviews.ranking import Ranking
from reviews.refusal import FailedItem
from reviews.repetition import repeated_text, standing_reasons
from reviews.steps import file_not_in, proposal_not_in

# Once a file stands in a frozen list its scores are those of the list.
BEFORE_THE_LIST = {State.IN_SCREENING, State.CORRECTION_REQUESTED, State.IN_REVIEW, State.REVIEWED}

# A refusal at the door is final before it is told: until then its applicant waits.
_WITHOUT_DECISION = [state for state in CANCELLABLE if state != State.ON_RESERVE]
STILL_OPEN = Q(state__in=_WITHOUT_DECISION) | Q(state__in=REFUSED_AT_THE_DOOR, notified_at__isnull=True)


@dataclass(frozen=True)
class CorrectionInput:
    """One item that is not in order: what is missing and what would be accepted, in the language of the file."""

    item: ScreeningItem
    missing: str
    accepted: str


def missing_before_screening(application: Application) -> list[Problem]:
    """Files stay sealed until the assessment of their call is opened."""
    if application.call.assessment_opened_at is None:
        return [Problem("sealed", _("The files of this call are sealed until its assessment is opened."))]
    return []


def missing_before_admit(application: Application) -> list[Problem]:
    """Every admissibility and eligibility item has the answer yes."""
    answers = {answer.item_id: answer.verdict for answer in application.screening_answers.all()}
    problems = []
    for item in application.call.screening_items.all():
        if item.pk not in answers:
            sentence = _("Answer item %(code)s: %(text)s")
        elif answers[item.pk] != Verdict.YES:
            sentence = _("Item %(code)s is answered no: %(text)s")
        else:
            continue
        problems.append(Problem("item", sentence % {"code": item.code, "text": item.text}, f"#item-{item.code}"))
    return problems


def missing_before_correction(
    application: Application, points: Iterable[CorrectionInput], opened: Iterable[AnnexRequirement | Question]
) -> list[Problem]:
    """Asked once, in screening or in review, on items that can be corrected, with words for each and parts to change."""
    if application.state not in CORRECTABLE:
        shown = {"state": application.get_state_display()}
        return [Problem("state", _("A correction is asked in screening or in review: %(state)s.") % shown)]
    if Correction.objects.filter(application=application).exists():
        return [Problem("once", _("A correction was already asked of this file: there is one round only."))]
    given, parts = list(points), list(opened)
    problems = standing_refusal(application)
    problems += [problem for point in given for problem in _point_in_trouble(application, point)]
    if not given:
        problems.append(Problem("no_point", _("Choose at least one item that is to be corrected."), "#points"))
    if not parts:
        sentence = _("Choose at least one annex or question that the applicant may change.")
        problems.append(Problem("nothing_opened", sentence, "#id_annexes"))
    if any(not _is_of_the_call(part, application.call_id) for part in parts):
        problems.append(Problem("other_call", _("Only annexes and questions of this call can be opened.")))
    return problems


def _point_in_trouble(application: Application, point: CorrectionInput) -> list[Problem]:
    code = point.item.code
    if point.item.call_id != application.call_id or not point.item.is_curable:
        return [Problem("not_curable", _("Item %(code)s cannot be corrected.") % {"code": code})]
    if not point.missing.strip() or not point.accepted.strip():
        sentence = _("Write what is missing and what is accepted, on item %(code)s.")
        return [Problem("no_words", sentence % {"code": code}, f"#id_missing_{code}")]
    return []


def _is_of_the_call(part: AnnexRequirement | Question, call_id: int) -> bool:
    return (part.section.call_id if isinstance(part, Question) else part.call_id) == call_id


def closed_to_reviews(application: Application) -> list[Problem]:
    """Reviews go on, and are undone, until the file stands in a list or has left the process."""
    if application.state in BEFORE_THE_LIST:
        return []
    shown = {"file": application.short_reference}
    if application.state == State.PROPOSED:
        return [Problem("in_a_list", _("%(file)s stands in a frozen list. Have the list returned first.") % shown)]
    if application.state == State.APPROVED:
        return [Problem("in_a_list", _("%(file)s is decided: nothing of its reviews changes any more.") % shown)]
    return file_not_in(application)


def closed_to_scores(application: Application) -> list[Problem]:
    """Quality is judged once the file is found admissible and eligible, not before; and as long as reviews go on."""
    if application.is_at_the_door:
        sentence = _(
            "%(file)s is still being checked. You can score it as soon as it is found admissible and eligible."
        )
        return [Problem("not_admitted", sentence % {"file": application.short_reference})]
    return closed_to_reviews(application)


def standing_refusal(application: Application) -> list[Problem]:
    """While a draft refusal awaits the head of unit, nothing of what it rests on changes."""
    if any(draft.state == DraftState.PREPARED for draft in application.draft_decisions.all()):
        return [Problem("refusal", _("A refusal of this file already awaits the head of unit."))]
    return []


def missing_before_refusal(
    application: Application, items: list[FailedItem], *, conclusion: str, why_not_cured: str
) -> list[Problem]:
    """At least one item is answered no, the conclusion is written and the file's own, and so is why nobody may cure it."""
    if not items:
        return [Problem("no_item", _("No saved answer of this kind is no: the file cannot be refused on it."))]
    problems = []
    if not conclusion.strip():
        problems.append(Problem("no_conclusion", _("Write the facts and the conclusion."), "#id_conclusion"))
    uncured = [item.code for item in items if item.needs_a_sentence]
    if uncured and not why_not_cured.strip():
        sentence = _("%(items)s can be corrected and no correction was asked for: write why not.")
        problems.append(Problem("not_cured", sentence % {"items": ", ".join(uncured)}, "#id_why_not_cured"))
    standing = partial(standing_reasons, application.call)
    return [*problems, *repeated_text([(application.pk, conclusion)], standing, anchor="#id_conclusion")]


def missing_before_lock(assignment: Assignment) -> list[Problem]:
    """Each criterion has a score and a reason of the required length."""
    scores = {score.criterion_id: score for score in assignment.scores.all()}
    problems = []
    for criterion in assignment.application.call.criteria.all():
        score = scores.get(criterion.pk)
        anchor = f"#criterion-{criterion.code}"
        if score is None or score.score is None:
            problems.append(Problem("no_score", _("Give a score: %(title)s") % {"title": criterion.title}, anchor))
        if score is None or len(score.reason.strip()) < REASON_MINIMUM:
            sentence = _("Write a reason of at least %(least)s characters: %(title)s")
            shown = {"least": REASON_MINIMUM, "title": criterion.title}
            problems.append(Problem("short_reason", sentence % shown, anchor))
    return problems


def missing_before_reviewed(application: Application) -> list[Problem]:
    """The required number of reviews is locked, a wide gap has its third reading, no declaration is open."""
    reviews = list(application.assignments.prefetch_related("scores"))
    locked = [review for review in reviews if review.state == AssignmentState.LOCKED]
    if any(review.state in UNDECIDED | {AssignmentState.IN_PROGRESS} for review in reviews):
        return [Problem("open_review", _("A review is still open."))]
    if any(review.is_stale for review in locked):
        return [
            Problem("stale", _("A review must be confirmed: the applicant corrected the file after it was locked."))
        ]
    required = application.call.reviews_required
    if needs_third_reading(application, locked):
        required = max(required, READINGS_OF_A_GAP)
    if len(locked) < required:
        sentence = _("%(locked)s of %(required)s reviews are locked.")
        return [Problem("reviews", sentence % {"locked": len(locked), "required": required})]
    return []


def needs_third_reading(application: Application, locked: list[Assignment]) -> bool:
    """Two reviewers are more than 20 points apart."""
    criteria = list(application.call.criteria.all())
    totals = [review_total(review, criteria) for review in locked]
    return bool(totals) and max(totals) - min(totals) > GAP_FOR_THIRD_READING


def missing_before_freeze(ranking: Ranking, conclusions: Mapping[int, str], *, on: date | None = None) -> list[Problem]:
    """Every file of the call is reviewed, each line holds by itself, and the list holds as a whole."""
    problems = [
        Problem("under_way", _("%(file)s is not reviewed yet.") % {"file": file.short_reference})
        for file in ranking.under_way
    ]
    if not ranking.rows:
        problems.append(Problem("empty", _("No reviewed file is waiting for a proposal.")))
    for tied in ranking.ties():
        problems += unsettled_tie(tied)
    today = on or timezone.localdate()
    for row in ranking.rows:
        problems += missing_in_line(row, conclusions.get(row.application.pk, ""), on=today)
    problems += missing_money(ranking.ceiling, ranking.granted)
    problems += beyond_grants_maximum(ranking.call, [row.application for row in ranking.rows if row.amount])
    written = [*conclusions.items(), *((row.application.pk, row.amount_reason) for row in ranking.rows)]
    return [*problems, *repeated_text(written, partial(standing_reasons, ranking.call))]


def missing_before_notification(proposal: Proposal) -> list[Problem]:
    """The decisions are final, and all or none: every letter of the batch is sealed and ready."""
    problems = awaited_outside(proposal, chain_of(proposal))
    problems = problems or proposal_not_in(proposal, ProposalState.APPROVED, ProposalState.GRANTED)
    if problems:
        return problems
    told = Decision.objects.filter(line__proposal=proposal).to_be_told().select_related("document", "application")
    sentence = _("The letter for %(file)s is not ready yet.")
    return [
        Problem("letter", sentence % {"file": decision.application.short_reference})
        for decision in told.order_by("line__rank")
        if decision.document is None or not decision.document.is_ready
    ]


def missing_before_close(call: Call) -> list[Problem]:
    """Every application of the call has its final state and its applicant knows, or waits on the reserve list."""
    if call.state != CallState.IN_ASSESSMENT:
        return [Problem("state", _("This call is not in assessment."))]
    open_files = call.applications.filter(STILL_OPEN)
    return [
        Problem("open_file", _("%(file)s has no notified decision yet.") % {"file": file.short_reference})
        for file in open_files
    ]
