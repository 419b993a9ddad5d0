"""An assignment of a reviewer to a file, and the scores given under it."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from applications.models import Application, Version
from calls.models import Criterion
from portal.accounts.models import User
from portal.core.stateful import StateField, Stateful, first_states, legal_edges
from reviews.choices import ASSIGNMENT_EDGES, RECUSABLE, AssignmentState, ConflictAnswer
from reviews.querysets import AssignmentQuerySet


class Assignment(Stateful):
    """One reviewer judges one version of one file, after declaring to have no conflict of interest."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="assignments")
    state = StateField(_("state"), choices=AssignmentState.choices, default=AssignmentState.ASSIGNED)
    conflict = models.CharField(_("declaration"), max_length=20, choices=ConflictAnswer, blank=True)
    conflict_note = models.TextField(_("explanation"), blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    # The applicant corrected the file after the lock: the reviewer reads the difference and says what stands.
    is_stale = models.BooleanField(_("to be confirmed"), default=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    recused_at = models.DateTimeField(null=True, blank=True)
    recusal_reason = models.TextField(_("reason of the recusal"), blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["application_id", "pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [models.Index("id", condition=Q(state=AssignmentState.DOUBT), name="assignments_in_doubt")]
        constraints = [
            models.UniqueConstraint("application", "reviewer", name="a_reviewer_is_assigned_to_a_file_once"),
            models.CheckConstraint(
                name="a_file_opens_only_after_the_declaration",
                condition=Q(state__in=[AssignmentState.ASSIGNED, AssignmentState.RECUSED])
                | (Q(declared_at__isnull=False) & ~Q(conflict="")),
            ),
            models.CheckConstraint(
                name="a_locked_review_has_its_moment",
                condition=~Q(state=AssignmentState.LOCKED) | Q(locked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_recusal_has_its_moment_and_its_reason",
                condition=~Q(state=AssignmentState.RECUSED) | Q(recused_at__isnull=False) & ~Q(recusal_reason=""),
                violation_error_message=_("Write which conflict of interest was found."),
            ),
        ]
        triggers = [legal_edges("state", ASSIGNMENT_EDGES), first_states("state", [AssignmentState.ASSIGNED])]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.reviewer.public_id}"

    @property
    def audit_name(self) -> str:
        return f"assignment:{self.pk}"

    @transition(field=state, source=AssignmentState.ASSIGNED, target=AssignmentState.IN_PROGRESS)
    def declare_none(self, *, at: datetime) -> None:
        self.conflict, self.declared_at = ConflictAnswer.NONE, at

    @transition(field=state, source=AssignmentState.ASSIGNED, target=AssignmentState.CONFLICT)
    def declare_conflict(self, *, answer: str, note: str, at: datetime) -> None:
        self.conflict, self.conflict_note, self.declared_at = answer, note, at

    @transition(field=state, source=AssignmentState.ASSIGNED, target=AssignmentState.DOUBT)
    def declare_doubt(self, *, note: str, at: datetime) -> None:
        self.conflict, self.conflict_note, self.declared_at = ConflictAnswer.DOUBT, note, at

    @transition(field=state, source=AssignmentState.DOUBT, target=AssignmentState.IN_PROGRESS)
    def lift_doubt(self) -> None:
        """The head of unit sees no conflict."""

    @transition(field=state, source=AssignmentState.DOUBT, target=AssignmentState.CONFLICT)
    def confirm_doubt(self) -> None:
        """The head of unit sees a conflict."""

    @transition(field=state, source=AssignmentState.IN_PROGRESS, target=AssignmentState.LOCKED)
    def lock(self, *, at: datetime) -> None:
        self.locked_at = at

    @transition(field=state, source=AssignmentState.LOCKED, target=AssignmentState.IN_PROGRESS)
    def unlock(self, *, version: Version) -> None:
        self.locked_at, self.version, self.is_stale = None, version, False

    @transition(field=state, source=RECUSABLE, target=AssignmentState.RECUSED)
    def recuse(self, *, reason: str, at: datetime) -> None:
        self.recusal_reason, self.recused_at = reason, at


SCORES_ARE_OPEN = """
    PERFORM 1 FROM reviews_assignment a
      JOIN applications_application f ON f.id = a.application_id
      WHERE a.id = NEW.assignment_id AND a.state = 'in_progress'
        AND f.state NOT IN ('draft', 'submitted', 'in_screening')
        AND NOT (f.state = 'correction_requested' AND f.correction_from = 'in_screening')
        FOR SHARE OF a;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'scores are only given in an open review of an admitted file' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
# Neither deleted nor moved to another review: the row as it was belongs to an open one.
SCORES_STAY = """
    PERFORM 1 FROM reviews_assignment a
      WHERE a.id = OLD.assignment_id AND a.state = 'in_progress' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the scores of a review that is not open stay' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""
NO_HEAD_SCORES = """
    PERFORM 1 FROM reviews_assignment a
      JOIN applications_application f ON f.id = a.application_id
      JOIN calls_call c ON c.id = f.call_id
      JOIN accounts_appointment p ON p.user_id = a.reviewer_id AND p.unit_id = c.unit_id
     WHERE a.id = NEW.assignment_id AND p.role = 'unit_head'
       AND p.starts_on <= (now() AT TIME ZONE 'Europe/Brussels')::date
       AND (p.ends_on IS NULL OR p.ends_on > (now() AT TIME ZONE 'Europe/Brussels')::date);
    IF FOUND THEN
        RAISE EXCEPTION 'the head of unit never writes scores' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Score(models.Model):
    """The score of one reviewer on one criterion, 0 to 5 by halves, with the reason in writing."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    score = models.DecimalField(_("score"), max_digits=2, decimal_places=1, null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["criterion__code"]
        constraints = [
            models.UniqueConstraint("assignment", "criterion", name="a_criterion_is_scored_once_per_review"),
            models.CheckConstraint(
                name="a_score_goes_from_0_to_5_by_halves",
                condition=Q(score__isnull=True) | Q(score__in=[n / 2 for n in range(11)]),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="scores_are_written_in_an_open_review",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SCORES_ARE_OPEN,
            ),
            pgtrigger.Trigger(
                name="scores_of_a_closed_review_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=SCORES_STAY,
            ),
            pgtrigger.Trigger(
                name="the_head_of_unit_never_scores",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NO_HEAD_SCORES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.score}"


class Reopening(models.Model):
    """Somebody opened a locked review, or a reviewed file, again: who, when and why. The scores stand where they were."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reopenings")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="reopenings"
    )
    reason = models.TextField(_("reason"))
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()

    class Meta:
        ordering = ["application_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_reopening_says_why",
                condition=~Q(reason=""),
                violation_error_message=_("Write why the review is opened again."),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="a_reopening_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.reopened_at:%Y-%m-%d}"
