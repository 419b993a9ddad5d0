"""What the virus scan has said about a file. The scan itself is not part of the portal yet."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ScanState(models.TextChoices):
    # As long as no scanner is connected every file stays here, and the pages say so.
    NOT_SCANNED = "not_scanned", pgettext_lazy("file", "not scanned")
    CLEAN = "clean", pgettext_lazy("file", "scanned, no virus")
    REFUSED = "refused", pgettext_lazy("file", "refused by the scan")
