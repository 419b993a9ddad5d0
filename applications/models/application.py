"""The application: its identity, its state, and the transitions between states."""

import uuid
from datetime import date, datetime

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, transition

from applications.choices import (
    APPLICANT_LABELS,
    CANCELLABLE,
    CORRECTABLE,
    EDGES,
    EDITABLE,
    LIVE,
    ON_THE_DESK,
    REFUSED_AT_THE_DOOR,
    RESERVE_ENDED,
    WITHDRAWABLE,
    Channel,
    State,
)
from applications.querysets import ApplicationQuerySet
from calls.models import Call, Lot, Track
from portal.accounts.choices import Language
from portal.accounts.models import User
from portal.codelists.models import Goal, Sector
from portal.core.dates import long_day
from portal.core.stateful import StateField, Stateful, first_states, legal_edges
from portal.files.models import StoredFile
from portal.organisations.models import Organisation


class Application(Stateful):
    """One request for a grant by one organisation under one call. Its draft may be empty everywhere."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=60, unique=True, editable=False)
    number = models.PositiveIntegerField(_("number within the call"), editable=False)
    ordinal = models.PositiveSmallIntegerField(_("number within the organisation"), editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    state = StateField(_("state"), choices=State.choices, default=State.DRAFT)
    language = models.CharField(_("language of the file"), max_length=2, choices=Language, default=Language.FRENCH)

    title = models.CharField(_("title of the project"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("track"))
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("lot"))
    place = models.CharField(_("place of the project"), max_length=200, blank=True)
    partner_name = models.CharField(_("local partner"), max_length=200, blank=True)
    starts_on = models.DateField(_("start of the project"), null=True, blank=True)
    duration = models.PositiveSmallIntegerField(
        _("duration, in months"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    goals = models.ManyToManyField(Goal, blank=True, verbose_name=_("sustainable development goals"))
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("sector"))

    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.PORTAL, editable=False)
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="paper_applications"
    )
    scan_name = models.CharField(_("file name of the scan"), max_length=255, blank=True, editable=False)

    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    set_aside_at = models.DateTimeField(null=True, blank=True, editable=False)
    reserve_until = models.DateField(_("last day of the reserve"), null=True, blank=True, editable=False)
    notified_at = models.DateTimeField(null=True, blank=True, editable=False)
    correction_from = models.CharField(max_length=30, choices=State, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "number"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [
            models.Index("call", "state", "id", name="applications_by_call_and_state"),
            models.Index("id", condition=Q(state__in=ON_THE_DESK), name="applications_on_the_desk"),
            models.Index("id", condition=Q(channel=Channel.PAPER), name="applications_on_paper"),
        ]
        constraints = [
            models.UniqueConstraint("call", "number", name="a_number_is_used_once_in_a_call"),
            models.UniqueConstraint(
                "call",
                "organisation",
                "ordinal",
                condition=Q(state__in=sorted(LIVE)),
                name="a_live_application_has_its_own_place_in_its_organisation",
            ),
            models.CheckConstraint(
                name="a_submitted_application_has_a_moment_of_submission",
                condition=Q(state__in=[State.DRAFT, State.LAPSED, State.CALL_CANCELLED])
                | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_final_decision_is_notified",
                condition=~Q(state__in=[State.AWARDED, State.REJECTED, State.ON_RESERVE])
                | Q(notified_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_correction_knows_the_step_that_it_goes_back_to",
                condition=~Q(state=State.CORRECTION_REQUESTED) | Q(correction_from__in=CORRECTABLE),
            ),
            models.CheckConstraint(
                name="a_withdrawal_has_its_moment_and_its_reason",
                condition=~Q(state=State.WITHDRAWN) | Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""),
                violation_error_message=_("Write why the application is withdrawn."),
            ),
            models.CheckConstraint(
                name="a_paper_application_has_its_scan_and_no_other_has_one",
                condition=Q(channel=Channel.PAPER, scan__isnull=False) | Q(channel=Channel.PORTAL, scan__isnull=True),
                violation_error_message=_("Attach the scan of the paper application."),
            ),
        ]
        triggers = [
            legal_edges("state", EDGES),
            # What came on paper was handed in before it was entered.
            first_states(
                "state",
                [State.DRAFT],
                or_if=pgtrigger.Q(new__state=State.SUBMITTED, new__channel=Channel.PAPER),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def audit_name(self) -> str:
        return f"application:{self.public_id}"

    @property
    def short_reference(self) -> str:
        """The reference within its call, such as D-001."""
        return f"D-{self.number:03d}"

    @property
    def applicant_state(self) -> State:
        """The state that the applicant may know of: it follows what was notified, never what is being decided.

        A refusal at the door shows from its notification on; a reserve that is being lifted stays a reserve.
        """
        if self.state in REFUSED_AT_THE_DOOR and self.notified_at is None:
            return State.IN_SCREENING
        if self.state in {State.PROPOSED, State.APPROVED} and self.notified_at is not None:
            return State.ON_RESERVE
        return State(self.state)

    @property
    def applicant_label(self) -> str:
        """The state in the applicant's words, with its day where the day is what the applicant needs."""
        language = get_language() or "fr"
        if self.state == State.LAPSED and self.notified_at is not None:
            return str(RESERVE_ENDED)
        if self.applicant_state == State.ON_RESERVE and self.reserve_until is not None:
            return _("On the reserve list until %(day)s") % {"day": long_day(self.reserve_until, language)}
        if self.state == State.CALL_CANCELLED and self.call.cancelled_at is not None:
            return _("The call was cancelled on %(day)s") % {"day": long_day(self.call.cancelled_at, language)}
        return str(APPLICANT_LABELS[self.applicant_state])

    @property
    def shown_title(self) -> str:
        """The title, or words that say there is none yet."""
        return self.title or str(_("Project without a title"))

    @property
    def title_language(self) -> str:
        """The language of the title; nothing while there is none, for the words that say so are the page's own."""
        return self.language if self.title else ""

    def get_absolute_url(self) -> str:
        return reverse("applications:task_list", args=[self.reference])

    @property
    def is_on_paper(self) -> bool:
        """It arrived on paper, and an officer entered it."""
        return self.channel == Channel.PAPER

    @property
    def is_told_by_post(self) -> bool:
        """Nobody signs for its organisation who can sign in: no mail announces a letter."""
        return Organisation.objects.without_signatory().filter(pk=self.organisation_id).exists()

    @property
    def is_at_the_door(self) -> bool:
        """Being checked, or corrected meanwhile: whether it is admissible and eligible is not answered yet."""
        step = self.correction_from if self.state == State.CORRECTION_REQUESTED else self.state
        return step in {State.SUBMITTED, State.IN_SCREENING}

    def is_editable(self, at: datetime) -> bool:
        """The call is open and nobody has begun to assess the file."""
        return self.state in EDITABLE and self.call.is_open(at)

    @property
    def has_unsent_changes(self) -> bool:
        """Handed in once, and changed since: the changes never count until they are handed in too."""
        if self.state != State.SUBMITTED or not self.changed_at or not self.submitted_at:
            return False
        return self.changed_at > self.submitted_at

    @property
    def has_changes_set_aside(self) -> bool:
        """Assessment was opened on the version handed in, without later changes; the applicant is not told yet."""
        return self.set_aside_at is not None and self.notified_at is None

    def set_changes_aside(self, *, at: datetime) -> None:
        """Changes were made after the last version and never handed in: from now on nobody can hand them in."""
        self.set_aside_at = at

    @transition(field=state, source=State.DRAFT, target=State.SUBMITTED)
    def submit(self, *, at: datetime) -> None:
        self.submitted_at = at

    @transition(field=state, source=State.SUBMITTED, target=State.SUBMITTED)
    def resubmit(self, *, at: datetime) -> None:
        self.submitted_at = at

    @transition(field=state, source=State.DRAFT, target=State.LAPSED)
    def lapse(self) -> None:
        """Never handed in; the call went on without it."""

    @transition(field=state, source=State.SUBMITTED, target=State.IN_SCREENING)
    def take_in_screening(self) -> None:
        """An officer has the file in hand."""

    @transition(field=state, source=CORRECTABLE, target=State.CORRECTION_REQUESTED)
    def request_correction(self) -> None:
        self.correction_from = self.state

    @transition(
        field=state,
        source=State.CORRECTION_REQUESTED,
        target=GET_STATE(lambda application: application.correction_from, states=CORRECTABLE),
    )
    def end_correction(self) -> None:
        """Answered or expired: the file goes on where it was."""

    @transition(field=state, source=State.IN_SCREENING, target=State.INADMISSIBLE)
    def declare_inadmissible(self) -> None:
        """A condition of form is not met; the head of unit has decided so."""

    @transition(field=state, source=State.IN_SCREENING, target=State.INELIGIBLE)
    def declare_ineligible(self) -> None:
        """The right to apply is missing; the head of unit has decided so."""

    def tell_refusal(self, *, at: datetime) -> None:
        """The applicant may know from now on that the file is refused at the door."""
        self.notified_at = at

    @transition(field=state, source=State.IN_SCREENING, target=State.IN_REVIEW)
    def admit(self) -> None:
        """Admissible and eligible: quality may be judged."""

    @transition(field=state, source=State.IN_REVIEW, target=State.REVIEWED)
    def complete_review(self) -> None:
        """The required number of independent reviews is locked."""

    @transition(field=state, source=State.REVIEWED, target=State.IN_REVIEW)
    def reopen_review(self) -> None:
        """A review must be made again or confirmed before the file is ranked."""

    @transition(field=state, source=State.REVIEWED, target=State.PROPOSED)
    def put_in_proposal(self) -> None:
        """Listed, with an outcome, in the frozen proposal."""

    @transition(field=state, source=[State.PROPOSED, State.APPROVED], target=State.REVIEWED)
    def return_proposal(self) -> None:
        """The proposal went back; nothing was decided, or what was approved did not become final."""

    @transition(field=state, source=State.PROPOSED, target=State.APPROVED)
    def approve(self) -> None:
        """The unit head has decided; the applicant does not know yet."""

    @transition(field=state, source=State.APPROVED, target=State.AWARDED)
    def award(self, *, at: datetime) -> None:
        self.notified_at = at

    @transition(field=state, source=State.APPROVED, target=State.REJECTED)
    def reject(self, *, at: datetime) -> None:
        self.notified_at = at

    @transition(field=state, source=State.APPROVED, target=State.ON_RESERVE)
    def put_on_reserve(self, *, at: datetime, until: date | None) -> None:
        self.notified_at, self.reserve_until = at, until

    @transition(field=state, source=State.ON_RESERVE, target=State.PROPOSED)
    def promote(self) -> None:
        """Money came free: the file stands in a proposal again."""

    @transition(field=state, source=[State.PROPOSED, State.APPROVED], target=State.ON_RESERVE)
    def go_back_to_reserve(self) -> None:
        """The proposal that would lift the file from the reserve list went back; the earlier decision stands."""

    @transition(field=state, source=State.ON_RESERVE, target=State.LAPSED)
    def expire_reserve(self) -> None:
        """The reserve list ended and no money came free."""

    @transition(field=state, source=WITHDRAWABLE, target=State.WITHDRAWN)
    def withdraw(self, *, reason: str, at: datetime) -> None:
        self.withdrawal_reason, self.withdrawn_at = reason, at

    @transition(field=state, source=CANCELLABLE, target=State.CALL_CANCELLED)
    def cancel_with_call(self) -> None:
        """The call was cancelled; nothing more is decided."""
