"""A proposal is one ranked list for one call, with a line for each file of it."""

import json
from datetime import date, datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from applications.models import Application
from calls.models import Call
from portal.accounts.models import User
from portal.core.canonical import sha256_hex
from portal.core.stateful import StateField, Stateful, first_states, legal_edges
from reviews.choices import APPROVED_LISTS, AT_THE_DOOR, DECIDED_LISTS, PROPOSAL_EDGES, Outcome, ProposalState
from reviews.querysets import ProposalQuerySet

# A list whose decisions rest on external steps becomes final with the last favourable one, never before.
ALL_FAVOURABLE = """
    IF NEW.state IN ('granted', 'notified') AND EXISTS (
        SELECT 1 FROM reviews_proposalstep s WHERE s.proposal_id = NEW.id AND s.opinion <> 'favourable'
    ) THEN
        RAISE EXCEPTION 'an external step of this list is not favourable' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

NO_TIES = """
    PERFORM 1 FROM organisations_membership m
      JOIN applications_application f ON f.organisation_id = m.organisation_id
     WHERE f.call_id = NEW.call_id AND m.user_id = NEW.prepared_by_id;
    IF FOUND THEN
        RAISE EXCEPTION 'the preparer belongs to an applicant of this call' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM reviews_assignment a
      JOIN applications_application f ON f.id = a.application_id
     WHERE f.call_id = NEW.call_id AND a.reviewer_id = NEW.prepared_by_id AND a.state IN ('conflict', 'recused');
    IF FOUND THEN
        RAISE EXCEPTION 'the preparer has a conflict of interest in this call' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Proposal(Stateful):
    """The list of a call: as a draft what officers typed; once frozen, points, amounts and outcomes under one hash.

    `prepared_by` kept the draft last, or froze the list; `version` tells two savings of one draft apart. A proposal
    that `promotes` a reserve decision has a single line: the file that gets the money that came free.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    promotes = models.ForeignKey(
        "Decision", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="promotions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = StateField(_("state"), choices=ProposalState.choices, default=ProposalState.FROZEN)
    content = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    typed = models.JSONField(default=dict, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(_("reason of the return"), blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    transmitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    transmitted_on = models.DateField(_("day of the transmission"), null=True, blank=True)
    transmitted_to = models.CharField(_("transmitted to"), max_length=200, blank=True)
    granted_at = models.DateTimeField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "number"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint("call", "number", name="a_proposal_number_is_used_once_in_a_call"),
            models.UniqueConstraint(
                "call",
                condition=~Q(state=ProposalState.RETURNED) & Q(promotes__isnull=True),
                name="a_call_has_one_standing_proposal",
                violation_error_message=_("A proposal of this call is already frozen."),
            ),
            models.UniqueConstraint(
                "promotes",
                condition=~Q(state=ProposalState.RETURNED),
                name="a_reserve_is_lifted_by_one_standing_proposal",
                violation_error_message=_("A proposal that lifts this file from the reserve list is already frozen."),
            ),
            models.CheckConstraint(
                name="a_proposal_is_approved_by_another_person_than_its_preparer",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                violation_error_message=_("The person who prepared the proposal cannot approve it."),
            ),
            models.CheckConstraint(
                name="a_list_beyond_its_draft_was_frozen_at_a_moment",
                condition=Q(state=ProposalState.DRAFT) | Q(frozen_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_approved_proposal_has_an_approver_and_a_moment",
                condition=~Q(state__in=DECIDED_LISTS) | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_transmitted_proposal_says_when_by_whom_and_to_whom",
                condition=~Q(state__in=[ProposalState.TRANSMITTED, ProposalState.GRANTED])
                | Q(transmitted_by__isnull=False, transmitted_on__isnull=False) & ~Q(transmitted_to=""),
            ),
            models.CheckConstraint(
                name="a_granted_proposal_has_its_moment",
                condition=~Q(state=ProposalState.GRANTED) | Q(granted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_returned_proposal_says_why",
                condition=~Q(state=ProposalState.RETURNED) | ~Q(return_reason=""),
                violation_error_message=_("Write why the proposal goes back."),
            ),
        ]
        triggers = [
            legal_edges("state", PROPOSAL_EDGES),
            first_states("state", [ProposalState.DRAFT, ProposalState.FROZEN]),
            pgtrigger.Trigger(
                name="nobody_with_a_tie_freezes_a_list",
                when=pgtrigger.Before,
                # A draft becomes a list by an update that names who froze it.
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("prepared_by_id"),
                func=NO_TIES,
            ),
            pgtrigger.Trigger(
                name="a_list_is_final_after_its_external_steps",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=ALL_FAVOURABLE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.reference}-P{self.number}"

    @property
    def audit_name(self) -> str:
        return f"proposal:{self.call.reference}-P{self.number}"

    @property
    def unranked(self) -> set[str]:
        """The references of the files below a minimum: they stand under the ranked ones and have no rank."""
        files = json.loads(self.content).get("files", []) if self.content else []
        return {file["reference"] for file in files if not file.get("is_ranked", True)}

    def page(self, name: str) -> str:
        """The address of one of the pages about it; a list has its call's, a promotion its own."""
        own = [self.call.reference, self.number] if self.promotes_id else [self.call.reference]
        return reverse(f"reviews:{name}", args=own)

    @property
    def pages(self) -> dict[str, str]:
        """The addresses of all the pages about it, for templates."""
        names = ("board", "approve", "return", "transmit", "record_step", "letters", "notify")
        return {name: self.page(name) for name in names}

    def keep(self, typed: dict[str, str], *, by: User, at: datetime) -> None:
        self.typed, self.prepared_by, self.saved_at = typed, by, at
        self.version += 1

    @transition(field=state, source=ProposalState.DRAFT, target=ProposalState.FROZEN)
    def freeze(self, content: str, *, by: User, at: datetime) -> None:
        self.content, self.sha256 = content, sha256_hex(content)
        self.prepared_by, self.frozen_at, self.typed = by, at, {}

    @transition(field=state, source=ProposalState.FROZEN, target=ProposalState.RETURNED)
    def send_back(self, *, reason: str) -> None:
        self.return_reason = reason

    @transition(field=state, source=ProposalState.FROZEN, target=ProposalState.APPROVED)
    def approve(self, *, by: User, at: datetime) -> None:
        self.approved_by, self.approved_at = by, at

    @transition(field=state, source=APPROVED_LISTS, target=ProposalState.RETURNED)
    def take_back(self, *, reason: str) -> None:
        """What was approved did not become final."""
        self.return_reason = reason

    @transition(field=state, source=ProposalState.APPROVED, target=ProposalState.TRANSMITTED)
    def transmit(self, *, by: User, on: date, to: str) -> None:
        self.transmitted_by, self.transmitted_on, self.transmitted_to = by, on, to

    @transition(field=state, source=ProposalState.TRANSMITTED, target=ProposalState.GRANTED)
    def grant(self, *, at: datetime) -> None:
        self.granted_at = at

    @transition(field=state, source=[ProposalState.APPROVED, ProposalState.GRANTED], target=ProposalState.NOTIFIED)
    def notify(self, *, at: datetime) -> None:
        self.notified_at = at


class ProposalLine(models.Model):
    """One file of the list: its rank, its points out of 100 (display only), the outcome and the amount in euro."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="proposal_lines")
    rank = models.PositiveSmallIntegerField(_("rank"))
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    amount_requested = models.DecimalField(_("amount asked"), max_digits=12, decimal_places=2)
    amount_reason = models.TextField(_("reason of the difference"), blank=True)
    reserve_order = models.PositiveSmallIntegerField(_("place on the reserve list"), null=True, blank=True)
    reserve_until = models.DateField(_("last day of the reserve"), null=True, blank=True)
    tie_reason = models.TextField(_("how the panel settled the tie"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)

    class Meta:
        ordering = ["proposal_id", "rank"]
        constraints = [
            models.UniqueConstraint("proposal", "application", name="a_file_stands_once_in_a_proposal"),
            models.UniqueConstraint("proposal", "rank", name="a_rank_is_given_once_in_a_proposal"),
            models.CheckConstraint(
                name="an_amount_lies_between_zero_and_what_was_asked",
                condition=Q(amount__gte=0) & Q(amount__lte=F("amount_requested")),
                violation_error_message=_("No more can be granted than was asked."),
            ),
            models.CheckConstraint(
                name="a_rejection_grants_nothing_and_says_why",
                condition=~Q(outcome=Outcome.REJECTED) | (Q(amount=0) & ~Q(conclusion="")),
            ),
            models.CheckConstraint(
                name="a_line_of_a_proposal_awards_reserves_or_rejects",
                condition=~Q(outcome__in=AT_THE_DOOR),
            ),
            models.CheckConstraint(
                name="a_partial_award_says_why_it_is_less_than_asked",
                condition=~Q(outcome=Outcome.AWARDED)
                | Q(amount__gt=0) & (Q(amount=F("amount_requested")) | ~Q(amount_reason="")),
                violation_error_message=_("Write why the amount is less than what was asked."),
            ),
            models.CheckConstraint(
                name="a_reserve_grants_nothing_and_has_its_place_and_its_last_day",
                condition=Q(outcome=Outcome.ON_RESERVE, amount=0)
                & Q(reserve_order__isnull=False, reserve_order__gte=1, reserve_until__isnull=False)
                & ~Q(conclusion="")
                | ~Q(outcome=Outcome.ON_RESERVE) & Q(reserve_order__isnull=True, reserve_until__isnull=True),
                violation_error_message=_("A reserve has a place, a last day and a conclusion."),
            ),
            models.UniqueConstraint(
                "proposal", "reserve_order", name="a_place_on_the_reserve_list_is_given_once_in_a_proposal"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="a_frozen_line_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.application.reference}"
