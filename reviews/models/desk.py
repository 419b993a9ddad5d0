"""Which officer has a file in hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from portal.accounts.models import User


class FileAssignment(models.Model):
    """One officer answers for the file. Colleagues of the unit may act on it too; earlier officers are in the chain."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="file_assignment")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="file_assignments")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["application_id"]
        verbose_name = _("officer of a file")
        verbose_name_plural = _("officers of files")

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.officer.public_id}"
