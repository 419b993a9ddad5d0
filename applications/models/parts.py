"""What an application is made of: answers, budget and income lines, annexes."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.choices import IncomeKind
from applications.models.application import Application
from calls.models import AnnexRequirement, BudgetHeading, Question
from portal.accounts.models import User
from portal.files.models import StoredFile

CENT = Decimal("0.01")


class Answer(models.Model):
    """What the applicants wrote for one question; the last one to save wins, and stands here by name."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), blank=True)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["question__section__position", "question__position"]
        constraints = [models.UniqueConstraint("application", "question", name="a_question_is_answered_once")]

    def __str__(self) -> str:
        return f"{self.question.code}: {self.text[:60]}"


class BudgetLine(models.Model):
    """One expense in euro: quantity × unit cost, rounded half up to the cent by the server."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="budget_lines")
    heading = models.ForeignKey(BudgetHeading, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    description = models.CharField(_("description"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2, default=1)
    unit_cost = models.DecimalField(_("unit cost"), max_digits=12, decimal_places=2)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, editable=False)

    class Meta:
        ordering = ["heading__code", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="no_expense_is_negative", condition=Q(quantity__gte=0) & Q(unit_cost__gte=0) & Q(amount__gte=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.description}: {self.amount}"


class IncomeLine(models.Model):
    """Where one part of the money comes from, in euro; one line per kind."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="income_lines")
    kind = models.CharField(_("kind"), max_length=20, choices=IncomeKind)
    source = models.CharField(_("source"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["application_id", "pk"]
        constraints = [
            models.UniqueConstraint("application", "kind", name="an_income_kind_has_one_line"),
            models.CheckConstraint(name="no_income_is_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


class Annex(models.Model):
    """A file attached for one requirement; the bytes are kept once, by their hash."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="annexes")
    requirement = models.ForeignKey(AnnexRequirement, on_delete=models.PROTECT, related_name="files")
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="annexes")
    name = models.CharField(_("file name"), max_length=255)
    attached_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        ordering = ["requirement__position", "pk"]
        verbose_name_plural = _("annexes")
        constraints = [
            models.UniqueConstraint(
                "application", "requirement", "stored_file", name="the_same_file_is_attached_once_for_a_requirement"
            )
        ]

    def __str__(self) -> str:
        return self.name
