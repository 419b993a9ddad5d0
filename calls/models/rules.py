"""What a call allows and how it judges: lots, tracks, headings, screening items, criteria, calendar."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.choices import AutomaticCheck, CalendarKind, ItemKind
from calls.models.call import Call
from calls.models.frozen import frozen_with_its_call
from portal.codelists.models import Territory

# A later deadline is a corrigendum of its own, and shows in the calendar too.
THE_DEADLINE_MOVES = "OLD.kind = 'deadline' AND (to_jsonb(OLD) - 'at') = (to_jsonb(NEW) - 'at')"
PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class Lot(models.Model):
    """A part of the envelope for one territory or theme, in euro; indicative unless it is binding."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="lots")
    code = models.CharField(_("code"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="lots")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["call_id", "code"]
        constraints = [models.UniqueConstraint("call", "code", name="a_lot_code_is_used_once_in_a_call")]
        triggers = [frozen_with_its_call("title")]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class Track(models.Model):
    """A kind of applicant, with its smallest and largest grant (euro) and its highest rate (%)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="tracks")
    code = models.CharField(_("code"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    grant_minimum = models.DecimalField(_("smallest grant"), max_digits=12, decimal_places=2)
    grant_maximum = models.DecimalField(_("largest grant"), max_digits=12, decimal_places=2)
    rate_maximum = models.DecimalField(_("highest rate"), max_digits=5, decimal_places=2, validators=PERCENT)

    class Meta:
        ordering = ["call_id", "code"]
        constraints = [
            models.UniqueConstraint("call", "code", name="a_track_code_is_used_once_in_a_call"),
            models.CheckConstraint(
                name="the_grants_of_a_track_are_in_order",
                condition=Q(grant_minimum__gte=0) & Q(grant_maximum__gte=models.F("grant_minimum")),
            ),
        ]
        triggers = [frozen_with_its_call("title")]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class BudgetHeading(models.Model):
    """A heading of the budget; a cap is a share of the direct costs, in %."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="headings")
    code = models.CharField(_("code"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    is_direct = models.BooleanField(_("direct costs"), default=True)
    cap = models.DecimalField(
        _("cap, % of direct costs"), max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )

    class Meta:
        ordering = ["call_id", "code"]
        constraints = [models.UniqueConstraint("call", "code", name="a_heading_code_is_used_once_in_a_call")]
        triggers = [frozen_with_its_call("title")]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class ScreeningItem(models.Model):
    """One thing that is checked before quality is judged. A curable item may be corrected on request."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="screening_items")
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind)
    code = models.CharField(_("code"), max_length=10)
    text = models.CharField(_("text"), max_length=300)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    is_curable = models.BooleanField(_("can be corrected"), default=False)
    check_name = models.CharField(
        _("automatic check"), max_length=30, choices=AutomaticCheck, blank=True, default=AutomaticCheck.NONE
    )

    class Meta:
        ordering = ["call_id", "kind", "code"]
        constraints = [models.UniqueConstraint("call", "code", name="an_item_code_is_used_once_in_a_call")]
        triggers = [frozen_with_its_call("text", "evidence")]

    def __str__(self) -> str:
        return f"{self.code} · {self.text}"


class Criterion(models.Model):
    """An award criterion: its weight in points out of 100, and its own minimum in % of that weight."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(_("code"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    guidance = models.TextField(_("what is looked at"))
    weight = models.PositiveSmallIntegerField(_("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)])
    minimum = models.DecimalField(
        _("minimum, % of the weight"), max_digits=5, decimal_places=2, default=0, validators=PERCENT
    )

    class Meta:
        ordering = ["call_id", "code"]
        verbose_name_plural = _("criteria")
        constraints = [models.UniqueConstraint("call", "code", name="a_criterion_code_is_used_once_in_a_call")]
        triggers = [frozen_with_its_call("title", "guidance", words_too=True)]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class GrantCondition(models.Model):
    """A condition that every grant of the call carries, as it is printed on the award decision."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["call_id", "position"]
        constraints = [models.UniqueConstraint("call", "position", name="a_condition_has_its_own_place")]
        triggers = [frozen_with_its_call("text")]

    def __str__(self) -> str:
        return self.text[:80]


class CalendarEntry(models.Model):
    """A date, or a moment, that the call announces."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="calendar")
    kind = models.CharField(_("kind"), max_length=30, choices=CalendarKind)
    on = models.DateField(_("day"), null=True, blank=True)
    at = models.DateTimeField(_("moment"), null=True, blank=True)

    class Meta:
        ordering = ["call_id", "pk"]
        verbose_name_plural = _("calendar")
        constraints = [
            models.UniqueConstraint("call", "kind", name="a_call_announces_each_date_once"),
            models.CheckConstraint(
                name="a_calendar_entry_is_a_day_or_a_moment",
                condition=Q(on__isnull=True, at__isnull=False) | Q(on__isnull=False, at__isnull=True),
            ),
        ]
        triggers = [frozen_with_its_call(unless=THE_DEADLINE_MOVES)]

    def __str__(self) -> str:
        return str(self.get_kind_display())
