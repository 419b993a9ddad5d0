"""Words that the calls code branches on; lists kept by a standards body live in codelists."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """What a person decided about a call. Open and closed are questions about time, never stored."""

    DRAFT = "draft", pgettext_lazy("call", "Draft")
    PROPOSED = "proposed", pgettext_lazy("call", "Proposed for publication")
    PUBLISHED = "published", pgettext_lazy("call", "Published")
    IN_ASSESSMENT = "in_assessment", pgettext_lazy("call", "In assessment")
    DECIDED = "decided", pgettext_lazy("call", "Decided")
    ARCHIVED = "archived", pgettext_lazy("call", "Archived")
    CANCELLED = "cancelled", pgettext_lazy("call", "Cancelled")


# Published for certain. A cancelled call is public as well when it had been published before.
PUBLIC = {State.PUBLISHED, State.IN_ASSESSMENT, State.DECIDED, State.ARCHIVED}
CANCELLABLE = [State.DRAFT, State.PROPOSED, State.PUBLISHED, State.IN_ASSESSMENT]
OVER = {State.DECIDED, State.ARCHIVED, State.CANCELLED}

# The legal edges (docs/process.md, section 2): the transition methods and the database trigger both follow them.
EDGES = [
    (State.DRAFT, State.PROPOSED),
    (State.PROPOSED, State.DRAFT),
    (State.PROPOSED, State.PUBLISHED),
    (State.PUBLISHED, State.IN_ASSESSMENT),
    (State.IN_ASSESSMENT, State.DECIDED),
    (State.DECIDED, State.ARCHIVED),
    *((state, State.CANCELLED) for state in CANCELLABLE),
]


# One person's judgement is not enough, whatever the call.
REVIEWS_MINIMUM = 2


class CorrigendumKind(models.TextChoices):
    """What a published call may still change: its deadline, or words of its public texts."""

    DEADLINE = "deadline", pgettext_lazy("corrigendum", "Later deadline")
    TEXTS = "texts", pgettext_lazy("corrigendum", "Corrected text")


class CorrigendumState(models.TextChoices):
    """An officer proposes, the head confirms or refuses; only what is issued has a number and counts."""

    PROPOSED = "proposed", pgettext_lazy("corrigendum", "Awaits the head of unit")
    ISSUED = "issued", pgettext_lazy("corrigendum", "Issued")
    DISCARDED = "discarded", pgettext_lazy("corrigendum", "Not issued")


CORRIGENDUM_EDGES = [
    (CorrigendumState.PROPOSED, CorrigendumState.ISSUED),
    (CorrigendumState.PROPOSED, CorrigendumState.DISCARDED),
]


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SHORT_TEXT = "short_text", pgettext_lazy("question", "Short text")
    LONG_TEXT = "long_text", pgettext_lazy("question", "Long text")
    YES_NO = "yes_no", pgettext_lazy("question", "Yes or no")
    NUMBER = "number", pgettext_lazy("question", "Whole number")
    CHOICE = "choice", pgettext_lazy("question", "One of a list")


YES, NO = "yes", "no"


class ItemKind(models.TextChoices):
    """The two questions that come before quality: form, then right to apply."""

    ADMISSIBILITY = "admissibility", pgettext_lazy("screening", "Admissibility")
    ELIGIBILITY = "eligibility", pgettext_lazy("screening", "Eligibility")


class AutomaticCheck(models.TextChoices):
    """What the portal computes itself and the officer confirms or overrides."""

    NONE = "", pgettext_lazy("check", "Judged by the officer")
    DEADLINE = "deadline", pgettext_lazy("check", "Moment of receipt before the deadline")
    COMPLETE_FORM = "complete_form", pgettext_lazy("check", "Every required question answered")
    ANNEXES_PRESENT = "annexes_present", pgettext_lazy("check", "Every required annex attached")
    MAXIMUM_APPLICATIONS = "maximum_applications", pgettext_lazy("check", "Number of applications")
    LIMITS = "limits", pgettext_lazy("check", "Amounts, rate, duration and caps")


class CalendarKind(models.TextChoices):
    """The dates that a call announces, in their order."""

    PUBLICATION = "publication", pgettext_lazy("calendar", "Publication of the call")
    INFORMATION_SESSION = "information_session", pgettext_lazy("calendar", "Information session")
    QUESTIONS_UNTIL = "questions_until", pgettext_lazy("calendar", "Last moment for your questions")
    ANSWERS_PUBLISHED = "answers_published", pgettext_lazy("calendar", "Answers published")
    DEADLINE = "deadline", pgettext_lazy("calendar", "Deadline for applications")
    COMPLETENESS_CHECKS_DONE = "completeness_checks_done", pgettext_lazy("calendar", "Completeness checked")
    ASSESSMENT_UNTIL = "assessment_until", pgettext_lazy("calendar", "Assessment by reviewers")
    JURY = "jury", pgettext_lazy("calendar", "Selection committee")
    PROPOSAL_TO_MINISTER = "proposal_to_minister", pgettext_lazy("calendar", "Proposal to the minister")
    AWARD_DECISION_EXPECTED = "award_decision_expected", pgettext_lazy("calendar", "Decision expected")
    NOTIFICATION_EXPECTED = "notification_expected", pgettext_lazy("calendar", "Notification expected")
    AGREEMENT_SIGNED_BEFORE = "agreement_signed_before", pgettext_lazy("calendar", "Agreement signed before")
