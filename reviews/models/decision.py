"""A decision is the numbered act about one application, on a line of a list or on a draft at the door."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from portal.accounts.models import User
from portal.documents.models import Document
from reviews.choices import AT_THE_DOOR, Outcome
from reviews.models.draft import DraftDecision
from reviews.models.proposal import ProposalLine
from reviews.querysets import DecisionQuerySet

FOUR_EYES = """
    PERFORM 1 FROM reviews_assignment a
      WHERE a.application_id = NEW.application_id AND a.reviewer_id = NEW.approved_by_id;
    IF FOUND THEN
        RAISE EXCEPTION 'the approver was asked to review this application' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM reviews_screener r
      WHERE r.application_id = NEW.application_id AND r.person_id = NEW.approved_by_id;
    IF FOUND THEN
        RAISE EXCEPTION 'the approver screened this application' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM applications_application f
      WHERE f.id = NEW.application_id AND f.channel = 'paper' AND f.created_by_id = NEW.approved_by_id;
    IF FOUND THEN
        RAISE EXCEPTION 'the approver entered this application from paper' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM organisations_membership m
      JOIN applications_application f ON f.organisation_id = m.organisation_id
     WHERE f.id = NEW.application_id AND m.user_id = NEW.approved_by_id;
    IF FOUND THEN
        RAISE EXCEPTION 'the approver belongs to the organisation that applies' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Decision(models.Model):
    """A numbered act about one application. It never changes; a correction is a new decision that names this one."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    line = models.OneToOneField(ProposalLine, on_delete=models.PROTECT, null=True, related_name="decision")
    draft = models.OneToOneField(DraftDecision, on_delete=models.PROTECT, null=True, related_name="decision")
    # Of one list at a time: a decision whose list came back replaces nothing, and another may take its place.
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replacements")
    number = models.CharField(_("number"), max_length=60, unique=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="decision")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                name="a_decision_is_approved_by_another_person_than_its_preparer",
                condition=~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="only_an_award_grants_money",
                condition=Q(outcome=Outcome.AWARDED, amount__gt=0) | (~Q(outcome=Outcome.AWARDED) & Q(amount=0)),
            ),
            models.CheckConstraint(
                name="a_decision_rests_on_a_line_of_a_list_or_on_a_draft_at_the_door",
                condition=Q(outcome__in=AT_THE_DOOR, line__isnull=True, draft__isnull=False)
                | ~Q(outcome__in=AT_THE_DOOR) & Q(line__isnull=False, draft__isnull=True),
            ),
            models.CheckConstraint(
                name="a_decision_does_not_replace_itself",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("pk")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="four_eyes_by_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=FOUR_EYES,
            ),
            pgtrigger.ReadOnly(name="a_decision_never_changes", exclude=["document"]),
            pgtrigger.Protect(name="a_decision_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def audit_name(self) -> str:
        return f"decision:{self.number}"
