"""A refusal at the door as an officer prepares it: no decision yet, and nobody outside the service knows of it."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from applications.models import Application
from portal.accounts.models import User
from portal.core.stateful import StateField, Stateful, first_states, legal_edges
from reviews.choices import AT_THE_DOOR, DRAFT_EDGES, DraftState, Outcome
from reviews.querysets import DraftDecisionQuerySet


class DraftDecision(Stateful):
    """What an officer proposes to refuse, on which items, and why; the head of unit approves it or sends it back.

    The failed items stand in `content` as they were answered, under one hash: the head approves what was read.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="draft_decisions")
    state = StateField(_("state"), choices=DraftState.choices, default=DraftState.PREPARED)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    content = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    conclusion = models.TextField(_("facts and conclusion"))
    why_not_cured = models.TextField(_("why no correction is asked for"), blank=True)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    return_reason = models.TextField(_("reason of the return"), blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DraftDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["application_id", "pk"]
        verbose_name = _("draft decision")
        verbose_name_plural = _("draft decisions")
        constraints = [
            models.UniqueConstraint(
                "application",
                condition=Q(state=DraftState.PREPARED),
                name="a_file_has_one_open_draft_decision",
                violation_error_message=_("A refusal of this file already awaits the head of unit."),
            ),
            models.CheckConstraint(
                name="a_draft_decision_refuses_at_the_door_and_says_why",
                condition=Q(outcome__in=AT_THE_DOOR) & ~Q(conclusion=""),
            ),
            models.CheckConstraint(
                name="a_returned_draft_decision_says_why",
                condition=~Q(state=DraftState.RETURNED) | ~Q(return_reason=""),
                violation_error_message=_("Write why the draft goes back."),
            ),
            models.CheckConstraint(
                name="a_draft_decision_is_settled_by_another_person_than_its_preparer",
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("prepared_by")),
                violation_error_message=_("The person who prepared the refusal cannot approve it."),
            ),
            models.CheckConstraint(
                name="a_settled_draft_decision_has_its_person_and_its_moment",
                condition=Q(state=DraftState.PREPARED, settled_by__isnull=True, settled_at__isnull=True)
                | ~Q(state=DraftState.PREPARED) & Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
        ]
        triggers = [
            legal_edges("state", DRAFT_EDGES),
            first_states("state", [DraftState.PREPARED]),
            pgtrigger.ReadOnly(
                name="what_a_draft_decision_says_never_changes",
                exclude=["state", "return_reason", "settled_by", "settled_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.get_outcome_display()}"

    @property
    def audit_name(self) -> str:
        return f"draft-decision:{self.pk}"

    @transition(field=state, source=DraftState.PREPARED, target=DraftState.RETURNED)
    def send_back(self, *, reason: str, by: User, at: datetime) -> None:
        self.return_reason, self.settled_by, self.settled_at = reason, by, at

    @transition(field=state, source=DraftState.PREPARED, target=DraftState.APPROVED)
    def approve(self, *, by: User, at: datetime) -> None:
        self.settled_by, self.settled_at = by, at
