"""A version: what was handed in at one moment. It never changes, and the database refuses that it does."""

import uuid

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from portal.accounts.models import User
from portal.files.models import StoredFile


class Version(models.Model):
    """The application as it was handed in: canonical JSON, its SHA-256, and the list of files with theirs."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    submitted_at = models.DateTimeField(_("received"))
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    amount_requested = models.DecimalField(max_digits=12, decimal_places=2)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    files = models.ManyToManyField(StoredFile, related_name="versions")

    class Meta:
        ordering = ["application_id", "number"]
        constraints = [models.UniqueConstraint("application", "number", name="a_version_number_is_used_once")]
        triggers = [pgtrigger.Protect(name="a_version_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application.reference} v{self.number}"

    @property
    def receipt_number(self) -> str:
        """The number printed on the receipt: <call>-<application>-R<version>."""
        return f"{self.application.reference}-R{self.number}"


class VersionFile(Version.files.through):  # type: ignore[name-defined]
    """One file that a version holds."""

    class Meta:
        proxy = True
        triggers = [pgtrigger.Protect(name="a_version_keeps_its_files", operation=pgtrigger.Update | pgtrigger.Delete)]
