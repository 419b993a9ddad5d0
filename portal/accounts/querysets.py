"""Questions about people, units and mandates."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from portal.accounts.choices import Role
from portal.codelists.querysets import CodeQuerySet

if TYPE_CHECKING:
    from portal.accounts.models import User


class UserQuerySet(models.QuerySet["User"]):
    """Verbs over users."""

    def visible_to(self, user: Any) -> Self:
        """An administrator sees everyone; everyone else sees themselves."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_administrator else self.filter(pk=user.pk)

    def with_posts_known(self) -> Self:
        """Each person with `has_appointments` and the like: whether there is any row at all."""
        rows: dict[str, Any] = {
            name: self.model._meta.get_field(name)
            for name in ("appointments", "mandates", "memberships", "assignments")
        }
        return self.annotate(
            **{
                f"has_{name}": Exists(field.related_model.objects.filter(**{field.field.name: OuterRef("pk")}))
                for name, field in rows.items()
            }
        )

    def appointed(self, role: Role, *, unit_id: int, on: date) -> Self:
        """Active users who hold `role` in the unit on that day."""
        in_force = Q(appointments__starts_on__lte=on) & (
            Q(appointments__ends_on__isnull=True) | Q(appointments__ends_on__gt=on)
        )
        return self.filter(in_force, is_active=True, appointments__role=role, appointments__unit=unit_id).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users; the e-mail address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved user who signs in with this address; without a password nobody can sign in as them."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=email.strip().lower())


class AppointmentQuerySet(models.QuerySet[Any]):
    """Verbs over appointments."""

    def in_force(self, on: date) -> Self:
        """Begun on or before the day, and not yet ended on it."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class DeskQuerySet(CodeQuerySet[Any]):
    """Verbs over desks; `in_force` is that of every dated list."""


class DeskOfficerQuerySet(models.QuerySet[Any]):
    """Verbs over the officers of desks."""

    def in_force(self, on: date) -> Self:
        """The desk exists on that day, and so does the post; the person is active and an officer of the unit."""
        begun = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        exists = Q(desk__valid_from__isnull=True) | Q(desk__valid_from__lte=on)
        still = Q(desk__withdrawn_on__isnull=True) | Q(desk__withdrawn_on__gt=on)
        appointed = Q(
            Q(officer__appointments__ends_on__isnull=True) | Q(officer__appointments__ends_on__gt=on),
            officer__appointments__starts_on__lte=on,
            officer__appointments__role=Role.OFFICER,
            officer__appointments__unit=F("desk__unit"),
            officer__is_active=True,
        )
        return self.filter(begun, exists, still, appointed).distinct()
