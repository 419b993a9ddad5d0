"""External steps: who outside the service gives an opinion on a list above which amount, and what was answered."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Unit, User
from portal.codelists.models import Dated
from portal.codelists.querysets import CodeQuerySet
from portal.files.models import StoredFile
from reviews.choices import Opinion
from reviews.models.proposal import Proposal

# Nobody records that others agree with what they approved themselves, nor about an organisation they belong to.
RECORDER = """
    PERFORM 1 FROM reviews_proposal p WHERE p.id = NEW.proposal_id AND p.approved_by_id = NEW.recorded_by_id;
    IF FOUND THEN
        RAISE EXCEPTION 'the recorder approved this list' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM reviews_proposalline l
      JOIN applications_application f ON f.id = l.application_id
      JOIN organisations_membership m ON m.organisation_id = f.organisation_id
     WHERE l.proposal_id = NEW.proposal_id AND m.user_id = NEW.recorded_by_id;
    IF FOUND THEN
        RAISE EXCEPTION 'the recorder belongs to an organisation of this list' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM reviews_proposalstep s
     WHERE s.proposal_id = NEW.proposal_id AND s.place < NEW.place AND s.opinion <> 'favourable';
    IF FOUND AND NEW.opinion <> '' THEN
        RAISE EXCEPTION 'an earlier step of this list is not favourable' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class ExternalStep(Dated):
    """One step that a unit's lists pass after the head's approval, when an award reaches `from_amount` (in euro)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="external_steps")
    code = models.SlugField(_("code"))
    name = models.CharField(_("name"), max_length=200)
    from_amount = models.DecimalField(_("from this amount"), max_digits=12, decimal_places=2)
    order = models.PositiveSmallIntegerField(_("order"))

    objects = CodeQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        ordering = ["unit", "order", "code"]
        verbose_name = _("external step")
        verbose_name_plural = _("external steps")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint("unit", "code", name="the_code_of_an_external_step_is_used_once_in_a_unit"),
            models.CheckConstraint(
                name="an_external_step_begins_at_an_amount",
                condition=Q(from_amount__gte=0),
                violation_error_message=_("The amount from which a step applies is not negative."),
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="an_external_step_is_only_withdrawn", exclude=["withdrawn_on"])]

    def __str__(self) -> str:
        return str(self.name)


class ProposalStep(models.Model):
    """One external step of one list, fixed at its approval; awaited until its opinion is recorded, once."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    step = models.ForeignKey(ExternalStep, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("place in the chain"))
    opinion = models.CharField(_("opinion"), max_length=20, choices=Opinion, blank=True)
    given_on = models.DateField(_("day of the act"), null=True, blank=True)
    reference = models.CharField(_("reference of the act"), max_length=120, blank=True)
    signatory = models.CharField(_("signatory"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scan_name = models.CharField(max_length=255, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["proposal_id", "place"]
        verbose_name = _("external step of a proposal")
        verbose_name_plural = _("external steps of proposals")
        constraints = [
            models.UniqueConstraint("proposal", "place", name="a_place_in_a_chain_is_taken_once"),
            models.UniqueConstraint("proposal", "step", name="a_step_stands_once_in_a_chain"),
            models.CheckConstraint(
                name="a_recorded_step_has_its_day_reference_signatory_and_scan",
                condition=Q(opinion="", given_on__isnull=True, recorded_by__isnull=True, scan__isnull=True)
                | Q(opinion__in=Opinion.values, given_on__isnull=False, scan__isnull=False)
                & Q(recorded_by__isnull=False, recorded_at__isnull=False)
                & ~Q(reference="")
                & ~Q(signatory=""),
            ),
            models.CheckConstraint(
                name="an_unfavourable_step_says_why",
                condition=~Q(opinion=Opinion.UNFAVOURABLE) | ~Q(reason=""),
                violation_error_message=_("Write the reason of the unfavourable opinion."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_step_is_recorded_in_order_by_another_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=RECORDER,
            ),
            pgtrigger.Protect(
                name="a_recorded_step_never_changes",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__opinion=""),
            ),
            pgtrigger.Protect(name="a_step_of_a_list_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.step}"
