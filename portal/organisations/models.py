"""Organisations and memberships: fields and constraints."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.organisations.choices import LegalForm, MemberRole
from portal.organisations.querysets import OrganisationQuerySet


class Organisation(models.Model):
    """A legal person that applies for grants, known by its enterprise number."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm)
    enterprise_number = models.CharField(
        _("enterprise number"),
        max_length=10,
        unique=True,
        validators=[RegexValidator(r"^[01][0-9]{9}$", _("Ten digits, the first 0 or 1."))],
    )
    street = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=10)
    city = models.CharField(_("municipality"), max_length=100)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    is_accredited = models.BooleanField(_("accredited CSO"), default=False)
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                name="an_enterprise_number_has_ten_digits",
                condition=models.Q(enterprise_number__regex=r"^[01][0-9]{9}$"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        return f"organisation:{self.public_id}"

    @property
    def shown_number(self) -> str:
        """The enterprise number as it is printed: 0xxx.xxx.xxx."""
        digits = self.enterprise_number
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


class Membership(models.Model):
    """A person belongs to an organisation: the owner signs, members write."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MemberRole, default=MemberRole.MEMBER)

    class Meta:
        ordering = ["organisation", "role"]
        constraints = [models.UniqueConstraint("user", "organisation", name="a_person_is_a_member_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"
