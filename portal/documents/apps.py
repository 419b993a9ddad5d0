"""Names the documents app and gives its events their words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs


class DocumentsConfig(AppConfig):
    """Sealed letters."""

    name = "portal.documents"
    label = "documents"
    verbose_name = _("documents")

    def ready(self) -> None:
        register_verbs(
            {
                "document.sealed": _("Document sealed"),
                "document.failed": _("Document could not be made"),
                "document.retried": _("Document asked for again"),
                "document.released": _("Document released"),
                "document.opened": _("Document opened for the first time"),
                "document.downloaded": _("Document downloaded"),
            }
        )
