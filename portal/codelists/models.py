"""Codes with validity dates. A code in use is never deleted: it is withdrawn on a day, and old files keep it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.codelists.querysets import CodeQuerySet, LegalTextQuerySet, TerritoryQuerySet

_ENDS_AFTER_IT_BEGINS = Q(valid_from__isnull=True) | Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("valid_from"))


class Dated(models.Model):
    """A row with a first day (null: not known, always) and a day from which it no longer counts."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="a_%(class)s_ends_after_it_begins",
                condition=_ENDS_AFTER_IT_BEGINS,
                violation_error_message=_("The day of withdrawal comes before the first day."),
            ),
        ]


class Code(Dated):
    """A code and its name in each language."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=300)

    objects = CodeQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def audit_name(self) -> str:
        return f"{self._meta.model_name}:{self.code}"


class Sector(Code):
    """A purpose code of the OECD Development Assistance Committee: five figures, the first three the category."""

    class Meta(Code.Meta):
        abstract = False
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Goal(Code):
    """One of the seventeen Sustainable Development Goals."""

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta(Code.Meta):
        abstract = False
        verbose_name = _("sustainable development goal")
        verbose_name_plural = _("sustainable development goals")
        ordering = ["order", "code"]


class Territory(Code):
    """A place abroad in which projects may happen, whether or not the Region has an agreement with it."""

    country_code = models.CharField(_("country (ISO 3166-1)"), max_length=2)
    subdivision_code = models.CharField(_("subdivision (ISO 3166-2)"), max_length=6, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4)
    has_agreement = models.BooleanField(_("agreement with the Region"))
    agreement_from = models.DateField(_("agreement from"), null=True, blank=True)
    agreement_until = models.DateField(_("agreement until"), null=True, blank=True)

    objects = TerritoryQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Code.Meta):
        abstract = False
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="only_an_agreement_has_agreement_dates",
                condition=Q(has_agreement=True) | Q(agreement_from__isnull=True, agreement_until__isnull=True),
                violation_error_message=_("Without an agreement there are no agreement dates."),
            ),
            models.CheckConstraint(
                name="a_territory_lies_on_the_globe",
                condition=Q(latitude__range=(-90, 90)) & Q(longitude__range=(-180, 180)),
                violation_error_message=_("Latitude goes from -90 to 90, longitude from -180 to 180."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def has_agreement_on(self, day: date) -> bool:
        """Whether an agreement is in force on that day; dates that are not known set no bound."""
        begun = self.agreement_from is None or self.agreement_from <= day
        still = self.agreement_until is None or day <= self.agreement_until
        return self.has_agreement and begun and still


class PriorityRegion(Code):
    """A territory was a priority region of a call held before this portal; its own calls name theirs themselves.

    The code says the call and the territory, the name is the call's.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="earlier_priorities")
    year = models.PositiveSmallIntegerField(_("year of the call"))

    class Meta(Code.Meta):
        abstract = False
        verbose_name = _("priority region")
        verbose_name_plural = _("priority regions")
        ordering = ["-year", "code"]


class LegalBasis(Dated):
    """A law or rule that a decision rests on: its title, and where it was published."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    reference = models.CharField(_("publication"), max_length=200, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def audit_name(self) -> str:
        return f"legalbasis:{self.code}"


class LegalText(Dated):
    """A text that lawyers approve and letters print word for word, such as the notice of appeal. Never edited."""

    kind = models.CharField(_("kind"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))

    objects = LegalTextQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["kind", "-version"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="each_version_of_a_legal_text_stands_once",
                fields=["kind", "version"],
                violation_error_message=_("This version of this text exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def audit_name(self) -> str:
        return f"legaltext:{self.kind}:{self.version}"
