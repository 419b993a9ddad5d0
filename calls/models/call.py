"""The call for projects and its envelope: fields, constraints, transitions."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from calls.choices import CANCELLABLE, EDGES, PUBLIC, REVIEWS_MINIMUM, State
from calls.models.frozen import FrozenOncePublished, frozen_with_its_call
from calls.querysets import CallQuerySet
from portal.accounts.models import Unit, User
from portal.codelists.models import Goal, LegalBasis, Sector, Territory
from portal.core.stateful import StateField, Stateful, first_states, legal_edges

# Requests end within 30 s, so a minute after the deadline no application that arrived in time is under way.
MARGIN_AFTER_CLOSING = timedelta(seconds=60)
# What everyone applies and is judged by; the deadline alone moves, and only later.
FIGURES = [
    *("reference", "unit", "opens_at", "has_no_territory", "sector", "duration_minimum", "duration_maximum"),
    *("starts_from", "starts_until", "indirect_cap", "first_instalment", "applications_maximum", "grants_maximum"),
    *("pass_mark", "reviews_required", "proposed_by", "proposed_at", "published_by", "published_at"),
]


class Call(Stateful):
    """A call for projects, from its first draft to the day everything about it is decided."""

    reference = models.CharField(
        _("reference"), max_length=40, unique=True, validators=[RegexValidator(r"^[A-Z0-9-]+\Z")]
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="calls")
    state = StateField(_("state"), choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=250)
    summary = models.TextField(_("summary"))
    description = models.TextField(_("description"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    territories = models.ManyToManyField(Territory, related_name="calls", blank=True)
    has_no_territory = models.BooleanField(_("no territory"), default=False)
    goals = models.ManyToManyField(Goal, related_name="calls", blank=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    legal_bases = models.ManyToManyField(LegalBasis, related_name="calls", blank=True)

    duration_minimum = models.PositiveSmallIntegerField(_("shortest duration, in months"))
    duration_maximum = models.PositiveSmallIntegerField(_("longest duration, in months"))
    starts_from = models.DateField(_("projects start from"))
    starts_until = models.DateField(_("projects start until"))
    indirect_cap = models.DecimalField(_("indirect costs, % of direct costs"), max_digits=5, decimal_places=2)
    first_instalment = models.DecimalField(_("first instalment, % of the grant"), max_digits=5, decimal_places=2)
    applications_maximum = models.PositiveSmallIntegerField(_("applications per applicant"), default=1)
    grants_maximum = models.PositiveSmallIntegerField(_("grants per applicant"), default=1)
    pass_mark = models.DecimalField(
        _("points needed, out of 100"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    reviews_required = models.PositiveSmallIntegerField(_("independent reviews"), default=2)

    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(_("reason of the return"), blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    contract = models.TextField(blank=True, editable=False)
    contract_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    first_submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    assessment_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancellation_reason = models.TextField(_("reason of the cancellation"), blank=True)
    archived_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "reference"]
        verbose_name = _("call for projects")
        verbose_name_plural = _("calls for projects")
        indexes = [models.Index("state", "closes_at", name="calls_by_state_and_closing")]
        constraints = [
            models.CheckConstraint(name="a_call_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="a_call_is_published_by_another_person_than_its_proposer",
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("proposed_by")),
                violation_error_message=_("The person who proposed the call cannot publish it."),
            ),
            models.CheckConstraint(
                name="a_published_call_has_a_publisher_a_moment_and_a_contract",
                condition=~Q(state__in=sorted(PUBLIC))
                | (Q(published_by__isnull=False, published_at__isnull=False) & ~Q(contract_sha256="")),
            ),
            models.CheckConstraint(
                name="a_cancelled_call_has_its_moment_its_person_and_its_reason",
                condition=~Q(state=State.CANCELLED)
                | Q(
                    cancelled_by__isnull=False,
                    cancelled_at__isnull=False,
                    cancellation_reason_fr__gt="",
                    cancellation_reason_nl__gt="",
                ),
            ),
            models.CheckConstraint(
                name="an_archived_call_has_its_moment_and_its_person",
                condition=~Q(state=State.ARCHIVED) | Q(archived_by__isnull=False, archived_at__isnull=False),
            ),
            models.CheckConstraint(
                name="the_durations_of_a_call_are_in_order",
                condition=Q(duration_maximum__gte=F("duration_minimum")),
            ),
            models.CheckConstraint(
                name="a_call_that_leaves_its_draft_asks_for_two_reviews_or_more",
                condition=Q(state__in=[State.DRAFT, State.CANCELLED]) | Q(reviews_required__gte=REVIEWS_MINIMUM),
            ),
        ]
        triggers = [
            legal_edges("state", EDGES),
            first_states("state", [State.DRAFT]),
            FrozenOncePublished(name="the_figures_of_a_published_call_never_change", fields=FIGURES),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def audit_name(self) -> str:
        return f"call:{self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.reference])

    @property
    def is_public(self) -> bool:
        """Published once: everyone may read it from then on, also when it is cancelled."""
        return self.published_at is not None

    @property
    def ended_at(self) -> datetime:
        """From when nobody can apply: the closing moment, or the cancellation where that came first."""
        return min(self.closes_at, self.cancelled_at or self.closes_at)

    def is_open(self, at: datetime) -> bool:
        """Published, opening moment reached, closing moment not reached (strict)."""
        return self.state == State.PUBLISHED and self.opens_at <= at < self.closes_at

    def is_closed(self, at: datetime) -> bool:
        """The closing moment is reached."""
        return self.closes_at <= at

    def may_open_assessment(self, at: datetime) -> bool:
        """A minute after closing, every application that arrived in time is in."""
        return self.state == State.PUBLISHED and at >= self.closes_at + MARGIN_AFTER_CLOSING

    @transition(field=state, source=State.DRAFT, target=State.PROPOSED)
    def propose(self, *, by: User, at: datetime) -> None:
        self.proposed_by, self.proposed_at, self.return_reason = by, at, ""

    @transition(field=state, source=State.PROPOSED, target=State.DRAFT)
    def send_back(self, *, reason: str) -> None:
        self.return_reason = reason

    @transition(field=state, source=State.PROPOSED, target=State.PUBLISHED)
    def publish(self, *, by: User, at: datetime, contract: str, sha256: str) -> None:
        self.published_by, self.published_at = by, at
        self.contract, self.contract_sha256 = contract, sha256

    @transition(field=state, source=State.PUBLISHED, target=State.IN_ASSESSMENT)
    def open_assessment(self, *, at: datetime) -> None:
        self.assessment_opened_at = at

    @transition(field=state, source=State.IN_ASSESSMENT, target=State.DECIDED)
    def close_decisions(self) -> None:
        """Every application of the call has its final decision."""

    @transition(field=state, source=State.PUBLISHED, target=State.PUBLISHED)
    def correct(self, *, contract: str, sha256: str, closes_at: datetime | None = None) -> None:
        self.contract, self.contract_sha256 = contract, sha256
        self.closes_at = closes_at or self.closes_at

    @transition(field=state, source=CANCELLABLE, target=State.CANCELLED)
    def cancel(self, *, by: User, at: datetime) -> None:
        self.cancelled_by, self.cancelled_at = by, at

    @transition(field=state, source=State.DECIDED, target=State.ARCHIVED)
    def archive(self, *, by: User, at: datetime) -> None:
        self.archived_by, self.archived_at = by, at


class Envelope(models.Model):
    """The money of a call, in euro. What is committed can never pass the ceiling: the database holds it."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="envelope")
    ceiling = models.DecimalField(_("envelope"), max_digits=12, decimal_places=2)
    committed = models.DecimalField(_("committed"), max_digits=12, decimal_places=2, default=0, editable=False)

    class Meta:
        verbose_name = _("envelope")
        verbose_name_plural = _("envelopes")
        constraints = [
            models.CheckConstraint(
                name="what_is_committed_stays_within_the_envelope",
                condition=Q(committed__gte=0) & Q(committed__lte=F("ceiling")),
                violation_error_message=_("The envelope of the call does not allow this amount."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.committed} / {self.ceiling}"

    @property
    def remaining(self) -> Decimal:
        """What is left, in euro."""
        return self.ceiling - self.committed


class CallTerritory(Call.territories.through):  # type: ignore[name-defined]
    """One territory of a call."""

    class Meta:
        proxy = True
        triggers = [frozen_with_its_call()]


class CallGoal(Call.goals.through):  # type: ignore[name-defined]
    """One goal of a call."""

    class Meta:
        proxy = True
        triggers = [frozen_with_its_call()]


class CallLegalBasis(Call.legal_bases.through):  # type: ignore[name-defined]
    """One legal basis of a call."""

    class Meta:
        proxy = True
        triggers = [frozen_with_its_call()]
