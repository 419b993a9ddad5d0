"""Names the files app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Stored files."""

    name = "portal.files"
    label = "files"
    verbose_name = _("stored files")
