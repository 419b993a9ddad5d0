"""A request for correction: what is missing, what may be changed to mend it, and until when. Asked once, never edited."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from calls.models import AnnexRequirement, Question, ScreeningItem
from portal.accounts.models import User


class Correction(models.Model):
    """One request about one file. Only the annexes and questions that it names are open, until it ends.

    It ends once: answered by the applicant, or expired. A file that is withdrawn meanwhile leaves it as it stands.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="correction")
    number = models.CharField(_("number"), max_length=60, unique=True)
    annexes = models.ManyToManyField(AnnexRequirement, blank=True, related_name="+", verbose_name=_("annexes"))
    questions = models.ManyToManyField(Question, blank=True, related_name="+", verbose_name=_("questions"))
    due_at = models.DateTimeField(_("to be answered by"))
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    expired_at = models.DateTimeField(_("expired"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for correction")
        verbose_name_plural = _("requests for correction")
        constraints = [
            models.CheckConstraint(
                name="a_correction_is_due_after_it_was_asked",
                condition=Q(due_at__gt=F("requested_at")),
                violation_error_message=_("Choose a day after today: the applicant needs time to answer."),
            ),
            models.CheckConstraint(
                name="a_correction_is_answered_or_expires_but_not_both",
                condition=Q(answered_at__isnull=True) | Q(expired_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="what_a_correction_asks_never_changes", exclude=["answered_at", "expired_at"]),
            pgtrigger.Protect(name="a_correction_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def has_ended(self) -> bool:
        """Answered, or expired."""
        return self.answered_at is not None or self.expired_at is not None


class CorrectionPoint(models.Model):
    """One screening item that is not in order: what is missing, and what would be accepted, in the file's language."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="points")
    item = models.ForeignKey(ScreeningItem, on_delete=models.PROTECT, related_name="+")
    missing = models.TextField(_("what is missing"))
    accepted = models.TextField(_("what is accepted"))

    class Meta:
        ordering = ["correction_id", "item__kind", "item__code"]
        constraints = [
            models.UniqueConstraint("correction", "item", name="an_item_stands_once_in_a_correction"),
            models.CheckConstraint(
                name="a_point_says_what_is_missing_and_what_is_accepted",
                condition=~Q(missing="") & ~Q(accepted=""),
                violation_error_message=_("Write what is missing and what is accepted."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_point_of_a_correction_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.correction.number}: {self.item.code}"
