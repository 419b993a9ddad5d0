"""Users, units, desks, appointments and auditor mandates: fields and constraints."""

import uuid
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.choices import BY_AUTHORITY, STAFF, Language, Role
from portal.accounts.querysets import AppointmentQuerySet, DeskOfficerQuerySet, DeskQuerySet, UserManager
from portal.codelists.models import Dated, Territory


class Unit(models.Model):
    """A unit of the administration: it owns calls, and its name stands on every letter."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300)
    phone = models.CharField(_("phone"), max_length=40)
    email = models.EmailField(_("e-mail"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name


class Desk(Dated):
    """A subject or a set of partner territories that one part of the unit answers for, between two days."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="desks")
    code = models.SlugField(_("code"))
    name = models.CharField(_("name"), max_length=200)
    territories = models.ManyToManyField(Territory, related_name="desks", blank=True)

    objects = DeskQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        ordering = ["unit", "code"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint("unit", "code", name="a_desk_code_is_used_once_in_a_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """A person who signs in by e-mail. No account is a superuser: the gate asks the rules alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=320, unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FRENCH)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    # Known where the row was read for a session (backends.py), so that whoever never had any costs no query.
    has_appointments: bool | None = None
    has_mandates: bool | None = None
    has_memberships: bool | None = None
    has_assignments: bool | None = None

    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="an_e_mail_address_belongs_to_one_person",
                violation_error_message=_("Someone already uses this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name, as sign-in pages ask for it."""
        return self.name

    @cached_property
    def appointments_now(self) -> list["Appointment"]:
        """Appointments in force today, read once per request."""
        return [] if self.has_appointments is False else list(self.appointments.in_force(timezone.localdate()))

    @cached_property
    def mandates_ever(self) -> list["Mandate"]:
        """Every auditor mandate of this person, read once per request."""
        return [] if self.has_mandates is False else list(self.mandates.all())

    @property
    def mandate_now(self) -> "Mandate | None":
        """The auditor mandate in force at this moment."""
        now = timezone.now()
        return next((mandate for mandate in self.mandates_ever if mandate.starts_at <= now < mandate.ends_at), None)

    @property
    def is_here_no_longer(self) -> bool:
        """An auditor's mandate has ended, and neither a post nor an organisation gives the person another place here.

        Memberships live in an app above: whether there is any is known where the row was read for a session.
        """
        if self.is_auditor or self.appointments_now or self.has_memberships:
            return False
        return any(mandate.ends_at <= timezone.now() for mandate in self.mandates_ever)

    def holds(self, role: Role) -> bool:
        """Whether an appointment to `role` is in force."""
        return any(appointment.role == role for appointment in self.appointments_now)

    def units_as(self, *roles: Role) -> set[int]:
        """The units in which one of these roles is held."""
        return {post.unit_id for post in self.appointments_now if post.role in roles and post.unit_id}

    @property
    def staff_units(self) -> set[int]:
        """The units in which the person is an officer or the head."""
        return self.units_as(*STAFF)

    @property
    def is_officer(self) -> bool:
        return self.holds(Role.OFFICER)

    @property
    def is_unit_head(self) -> bool:
        return self.holds(Role.UNIT_HEAD)

    @property
    def is_reviewer(self) -> bool:
        return self.holds(Role.REVIEWER)

    @property
    def is_administrator(self) -> bool:
        return self.holds(Role.ADMINISTRATOR)

    @property
    def is_auditor(self) -> bool:
        return self.mandate_now is not None

    @property
    def role(self) -> str:
        """The one role by which the audit chain names this person."""
        if self.is_auditor:
            return "auditor"
        return next((str(role) for role in BY_AUTHORITY if self.holds(role)), "applicant")

    @property
    def actor(self) -> str:
        """How the audit chain names this person: role and opaque id, never a name."""
        return f"{self.role}:{self.public_id}"

    @property
    def audit_name(self) -> str:
        return f"user:{self.public_id}"


class Appointment(models.Model):
    """A person holds a role, in a unit, from one day until another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["user_id", "role"]
        constraints = [
            models.CheckConstraint(
                name="every_role_but_the_administrators_is_held_in_a_unit",
                condition=Q(role=Role.ADMINISTRATOR, unit__isnull=True)
                | (~Q(role=Role.ADMINISTRATOR) & Q(unit__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_appointment_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class DeskOfficer(models.Model):
    """An officer answers for a desk, from one day until another. Every officer of the unit may act all the same."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="posts")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="desk_posts")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DeskOfficerQuerySet.as_manager()

    class Meta:
        ordering = ["desk", "starts_on", "pk"]
        verbose_name = _("officer of a desk")
        verbose_name_plural = _("officers of desks")
        constraints = [
            models.UniqueConstraint(
                "desk",
                "officer",
                condition=Q(ends_on__isnull=True),
                name="an_officer_has_a_desk_once_without_an_end",
            ),
            models.CheckConstraint(
                name="a_desk_is_left_after_it_is_taken",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk}: {self.officer}"


class Mandate(models.Model):
    """An auditor may read, between two moments, the files of certain calls and years (empty = all).

    The scope is text, so that no key points upward to the calls.
    """

    auditor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="granted_mandates")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    call_references = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    years = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(name="a_mandate_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="nobody_mandates_themselves", condition=~Q(auditor=F("granted_by"))),
        ]

    def __str__(self) -> str:
        return f"{self.auditor}: {self.starts_at:%Y-%m-%d} – {self.ends_at:%Y-%m-%d}"
