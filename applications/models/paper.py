"""What an officer read from the scan of a paper application after it was entered."""

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from portal.accounts.models import User


class PaperPeriod(models.Model):
    """Start and length of the project, which the entry left open; `source` says where the paper tells them."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="paper_period")
    starts_on = models.DateField(_("start of the project"))
    duration = models.PositiveSmallIntegerField(_("duration, in months"), validators=[MinValueValidator(1)])
    source = models.TextField(_("where the paper says so"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("period read from a paper application")
        verbose_name_plural = _("periods read from paper applications")
        constraints = [
            models.CheckConstraint(
                name="a_period_read_from_paper_says_where_it_stands",
                condition=~Q(source="") & Q(duration__gte=1),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_period_read_from_paper_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.starts_on}, {self.duration}"
