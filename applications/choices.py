"""Words that the applications code branches on."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where an application stands, in the words of the staff."""

    DRAFT = "draft", pgettext_lazy("application", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("application", "Submitted")
    IN_SCREENING = "in_screening", pgettext_lazy("application", "In screening")
    CORRECTION_REQUESTED = "correction_requested", pgettext_lazy("application", "Correction requested")
    IN_REVIEW = "in_review", pgettext_lazy("application", "In review")
    REVIEWED = "reviewed", pgettext_lazy("application", "Reviewed")
    PROPOSED = "proposed", pgettext_lazy("application", "In the proposal")
    APPROVED = "approved", pgettext_lazy("application", "Approved, not yet notified")
    AWARDED = "awarded", pgettext_lazy("application", "Awarded")
    REJECTED = "rejected", pgettext_lazy("application", "Not selected")
    ON_RESERVE = "on_reserve", pgettext_lazy("application", "On the reserve list")
    INADMISSIBLE = "inadmissible", pgettext_lazy("application", "Inadmissible")
    INELIGIBLE = "ineligible", pgettext_lazy("application", "Ineligible")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")
    LAPSED = "lapsed", pgettext_lazy("application", "Lapsed")
    CALL_CANCELLED = "call_cancelled", pgettext_lazy("application", "Call cancelled")


# From here the applicant may still withdraw: handed in, and no final decision notified.
WITHDRAWABLE = [
    State.SUBMITTED,
    State.IN_SCREENING,
    State.CORRECTION_REQUESTED,
    State.IN_REVIEW,
    State.REVIEWED,
    State.PROPOSED,
    State.APPROVED,
    State.ON_RESERVE,
]
# On the desk of the administration: few at any time, among the many that are decided.
ON_THE_DESK = [state for state in WITHDRAWABLE if state != State.ON_RESERVE]
UNDER_ASSESSMENT = set(WITHDRAWABLE) - {State.SUBMITTED, State.ON_RESERVE}
# A correction is asked for, and goes back to where it was asked from.
CORRECTABLE = [State.IN_SCREENING, State.IN_REVIEW]
FINAL = {
    State.AWARDED,
    State.REJECTED,
    State.INADMISSIBLE,
    State.INELIGIBLE,
    State.WITHDRAWN,
    State.LAPSED,
    State.CALL_CANCELLED,
}
CANCELLABLE = [state for state in State if state not in FINAL]
# The legal edges (docs/process.md, section 3): the transition methods and the database trigger both follow them.
EDGES = [
    (State.DRAFT, State.SUBMITTED),
    (State.DRAFT, State.LAPSED),
    (State.SUBMITTED, State.IN_SCREENING),
    (State.IN_SCREENING, State.IN_REVIEW),
    (State.IN_SCREENING, State.INADMISSIBLE),
    (State.IN_SCREENING, State.INELIGIBLE),
    *((state, State.CORRECTION_REQUESTED) for state in CORRECTABLE),
    *((State.CORRECTION_REQUESTED, state) for state in CORRECTABLE),
    (State.IN_REVIEW, State.REVIEWED),
    (State.REVIEWED, State.IN_REVIEW),
    (State.REVIEWED, State.PROPOSED),
    (State.PROPOSED, State.REVIEWED),
    (State.PROPOSED, State.APPROVED),
    (State.PROPOSED, State.ON_RESERVE),
    (State.APPROVED, State.AWARDED),
    (State.APPROVED, State.REJECTED),
    (State.APPROVED, State.ON_RESERVE),
    (State.APPROVED, State.REVIEWED),
    (State.ON_RESERVE, State.PROPOSED),
    (State.ON_RESERVE, State.LAPSED),
    *((state, State.WITHDRAWN) for state in WITHDRAWABLE),
    *((state, State.CALL_CANCELLED) for state in CANCELLABLE),
]
# Decided by the head of unit, and known to the applicant only from the notification on.
REFUSED_AT_THE_DOOR = {State.INADMISSIBLE, State.INELIGIBLE}
EDITABLE = {State.DRAFT, State.SUBMITTED}
# Out of the process before a decision: no list of work shows them any more.
GONE = {State.WITHDRAWN, State.LAPSED, State.CALL_CANCELLED}
# What counts towards the maximum per applicant.
LIVE = set(State) - {State.LAPSED, State.WITHDRAWN}

# What the applicant reads; it follows notification, never the internal state.
APPLICANT_LABELS = {
    State.DRAFT: pgettext_lazy("applicant", "Draft: NOT SUBMITTED"),
    State.SUBMITTED: pgettext_lazy("applicant", "Submitted"),
    **{state: pgettext_lazy("applicant", "Under assessment") for state in UNDER_ASSESSMENT},
    State.IN_SCREENING: pgettext_lazy("applicant", "Received, being checked"),
    State.CORRECTION_REQUESTED: pgettext_lazy("applicant", "Your action is needed"),
    State.AWARDED: pgettext_lazy("applicant", "Awarded"),
    State.REJECTED: pgettext_lazy("applicant", "Not selected"),
    State.ON_RESERVE: pgettext_lazy("applicant", "On the reserve list"),
    State.INADMISSIBLE: pgettext_lazy("applicant", "Not admissible"),
    State.INELIGIBLE: pgettext_lazy("applicant", "Not eligible"),
    State.WITHDRAWN: pgettext_lazy("applicant", "Withdrawn by you"),
    State.LAPSED: pgettext_lazy("applicant", "Never submitted before the deadline"),
    State.CALL_CANCELLED: pgettext_lazy("applicant", "The call was cancelled"),
}

# A reserve that ended by date has lapsed too, but was handed in and judged.
RESERVE_ENDED = pgettext_lazy("applicant", "The reserve list has ended")


class IncomeKind(models.TextChoices):
    """Where the money of a project comes from."""

    GRANT = "grant_requested", pgettext_lazy("income", "Grant requested")
    OWN = "own_contribution", pgettext_lazy("income", "Own contribution")
    PUBLIC = "other_public", pgettext_lazy("income", "Other public funders")
    PRIVATE = "private", pgettext_lazy("income", "Private funders")
    PROJECT = "project_income", pgettext_lazy("income", "Income generated by the project")


class Channel(models.TextChoices):
    """How an application arrived."""

    PORTAL = "portal", pgettext_lazy("channel", "Through the portal")
    PAPER = "paper", pgettext_lazy("channel", "On paper")


class SendingChannel(models.TextChoices):
    """How a letter reached somebody who does not use the portal."""

    REGISTERED = "registered_post", pgettext_lazy("sending", "Registered post")
    POST = "post", pgettext_lazy("sending", "Ordinary post")
    HANDED_OVER = "handed_over", pgettext_lazy("sending", "Handed over at the counter")
