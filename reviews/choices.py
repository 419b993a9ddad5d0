"""Words that the reviews code branches on."""

from decimal import Decimal

from django.db import models
from django.utils.translation import pgettext_lazy

from calls.choices import ItemKind


class AssignmentState(models.TextChoices):
    """Where one reviewer stands with one file."""

    ASSIGNED = "assigned", pgettext_lazy("assignment", "Declaration awaited")
    DOUBT = "doubt", pgettext_lazy("assignment", "Doubt: the head of unit decides")
    CONFLICT = "conflict", pgettext_lazy("assignment", "Conflict of interest")
    IN_PROGRESS = "in_progress", pgettext_lazy("assignment", "Being scored")
    LOCKED = "locked", pgettext_lazy("assignment", "Locked")
    RECUSED = "recused", pgettext_lazy("assignment", "Recused: conflict of interest found later")


RECUSABLE = [
    AssignmentState.ASSIGNED,
    AssignmentState.DOUBT,
    AssignmentState.IN_PROGRESS,
    AssignmentState.LOCKED,
]
ASSIGNMENT_EDGES = [
    (AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS),
    (AssignmentState.ASSIGNED, AssignmentState.CONFLICT),
    (AssignmentState.ASSIGNED, AssignmentState.DOUBT),
    (AssignmentState.DOUBT, AssignmentState.IN_PROGRESS),
    (AssignmentState.DOUBT, AssignmentState.CONFLICT),
    (AssignmentState.IN_PROGRESS, AssignmentState.LOCKED),
    (AssignmentState.LOCKED, AssignmentState.IN_PROGRESS),
    *((state, AssignmentState.RECUSED) for state in RECUSABLE),
]
# From here on the file no longer exists for the reviewer, and nothing of theirs counts.
CLOSED_FOR_GOOD = {AssignmentState.CONFLICT, AssignmentState.RECUSED}
OPENS_THE_FILE = {AssignmentState.IN_PROGRESS, AssignmentState.LOCKED}
UNDECIDED = {AssignmentState.ASSIGNED, AssignmentState.DOUBT}
# Whoever is asked to review a file does not read it before the declaration, in whatever other role.
CLOSED_TO_THE_REVIEWER = UNDECIDED | CLOSED_FOR_GOOD


class ConflictAnswer(models.TextChoices):
    """What a reviewer declares before the file opens."""

    NONE = "none", pgettext_lazy("conflict", "No conflict of interest")
    FINANCIAL = "financial", pgettext_lazy("conflict", "A financial interest")
    FAMILY = "family", pgettext_lazy("conflict", "A family or personal tie")
    EMPLOYMENT = "employment", pgettext_lazy("conflict", "Paid work, now or planned")
    BOARD = "board", pgettext_lazy("conflict", "A seat on the board within the last three years")
    OTHER = "other", pgettext_lazy("conflict", "Another reason")
    DOUBT = "doubt", pgettext_lazy("conflict", "I do not know: let the head of unit decide")


CONFLICTS = set(ConflictAnswer) - {ConflictAnswer.NONE, ConflictAnswer.DOUBT}


class ScreeningVerdict(models.TextChoices):
    """The officer's answer on one item."""

    YES = "yes", pgettext_lazy("screening", "Yes")
    NO = "no", pgettext_lazy("screening", "No")


class ProposalState(models.TextChoices):
    """Where the ranked list of a call stands."""

    DRAFT = "draft", pgettext_lazy("proposal", "Draft of the officers")
    FROZEN = "frozen", pgettext_lazy("proposal", "Frozen, awaiting the head of unit")
    RETURNED = "returned", pgettext_lazy("proposal", "Returned")
    APPROVED = "approved", pgettext_lazy("proposal", "Approved, not yet notified")
    TRANSMITTED = "transmitted", pgettext_lazy("proposal", "Transmitted, external steps awaited")
    GRANTED = "granted", pgettext_lazy("proposal", "Granted, not yet notified")
    NOTIFIED = "notified", pgettext_lazy("proposal", "Notified")


# The head of unit has approved, money is committed, and no applicant knows.
APPROVED_LISTS = [ProposalState.APPROVED, ProposalState.TRANSMITTED, ProposalState.GRANTED]
DECIDED_LISTS = [*APPROVED_LISTS, ProposalState.NOTIFIED]
PROPOSAL_EDGES = [
    (ProposalState.DRAFT, ProposalState.FROZEN),
    (ProposalState.FROZEN, ProposalState.RETURNED),
    (ProposalState.FROZEN, ProposalState.APPROVED),
    (ProposalState.APPROVED, ProposalState.TRANSMITTED),
    (ProposalState.TRANSMITTED, ProposalState.GRANTED),
    (ProposalState.APPROVED, ProposalState.NOTIFIED),
    (ProposalState.GRANTED, ProposalState.NOTIFIED),
    *((state, ProposalState.RETURNED) for state in APPROVED_LISTS),
]


class Opinion(models.TextChoices):
    """What an authority outside the service answered on a list."""

    FAVOURABLE = "favourable", pgettext_lazy("external step", "Favourable")
    UNFAVOURABLE = "unfavourable", pgettext_lazy("external step", "Unfavourable")


class DraftState(models.TextChoices):
    """Where the draft of a refusal at the door stands."""

    PREPARED = "prepared", pgettext_lazy("draft decision", "Prepared, awaiting the head of unit")
    RETURNED = "returned", pgettext_lazy("draft decision", "Returned")
    APPROVED = "approved", pgettext_lazy("draft decision", "Approved")


DRAFT_EDGES = [
    (DraftState.PREPARED, DraftState.RETURNED),
    (DraftState.PREPARED, DraftState.APPROVED),
]


class Outcome(models.TextChoices):
    """What is decided about one application."""

    AWARDED = "awarded", pgettext_lazy("outcome", "Awarded")
    ON_RESERVE = "on_reserve", pgettext_lazy("outcome", "On the reserve list")
    REJECTED = "rejected", pgettext_lazy("outcome", "Not selected")
    INADMISSIBLE = "inadmissible", pgettext_lazy("outcome", "Inadmissible")
    INELIGIBLE = "ineligible", pgettext_lazy("outcome", "Ineligible")


# Decided before quality is judged: such a decision stands in no ranked list.
AT_THE_DOOR = [Outcome.INADMISSIBLE, Outcome.INELIGIBLE]
# The items of the checklist that each refusal at the door rests on.
REFUSED_ITEMS = {Outcome.INADMISSIBLE: ItemKind.ADMISSIBILITY, Outcome.INELIGIBLE: ItemKind.ELIGIBILITY}

# The scale of docs/process.md, section 4: 0 to 5 by halves, each score with its reason.
SCORE_MAXIMUM = Decimal(5)
SCORE_STEP = Decimal("0.5")
REASON_MINIMUM = 100
# Two reviewers further apart than this, in points, call for a third reading.
GAP_FOR_THIRD_READING = 20
READINGS_OF_A_GAP = 3
SAME_TEXT_MAXIMUM = 5
