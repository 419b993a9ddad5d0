"""What an officer answered on each admissibility and eligibility item, and everybody who ever did."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from calls.models import ScreeningItem
from portal.accounts.models import User
from reviews.choices import ScreeningVerdict


class ScreeningAnswer(models.Model):
    """One item of one file: the portal's own finding where it has one, and the officer's answer, which decides."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="screening_answers")
    item = models.ForeignKey(ScreeningItem, on_delete=models.PROTECT, related_name="answers")
    found = models.BooleanField(_("found by the portal"), null=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    verdict = models.CharField(_("answer"), max_length=3, choices=ScreeningVerdict)
    reason = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["item__kind", "item__code"]
        constraints = [
            models.UniqueConstraint("application", "item", name="a_screening_item_is_answered_once"),
            models.CheckConstraint(
                name="a_refusal_or_an_override_says_why",
                condition=~Q(reason="") | (Q(verdict=ScreeningVerdict.YES) & (Q(found__isnull=True) | Q(found=True))),
                violation_error_message=_("Write why the answer is no, or why you differ from the portal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.code}: {self.get_verdict_display()}"


class Screener(models.Model):
    """One person once answered items of the file, or admitted it: whoever answers again later takes nothing of it away."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="screeners")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering = ["application_id", "pk"]
        constraints = [models.UniqueConstraint("application", "person", name="a_screener_of_a_file_is_noted_once")]
        triggers = [pgtrigger.Protect(name="a_screener_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.person.public_id}"
