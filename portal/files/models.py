"""A stored file: what its content is. Its name belongs to whoever attached it, since two people may name it twice."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.files.choices import ScanState


class StoredFile(models.Model):
    """One content, stored once, named by its SHA-256."""

    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=100)
    scan_state = models.CharField(_("virus scan"), max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED)
    stored_at = models.DateTimeField(_("stored"), default=timezone.now)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.CheckConstraint(
                name="a_stored_file_is_named_by_its_fingerprint",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message=_("A stored file is named by its SHA-256."),
            ),
            models.CheckConstraint(
                name="a_stored_file_is_not_empty",
                condition=Q(size__gt=0),
                violation_error_message=_("The file is empty."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="the_content_of_a_file_never_changes", fields=["sha256", "size", "media_type"]),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def audit_name(self) -> str:
        return f"file:{self.sha256}"
