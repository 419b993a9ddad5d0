"""Names the documents app; its page in the menu, its question on the health page, the words of its events."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs
from portal.audit.names import register_known_by_code
from portal.core.gate import may
from portal.core.health import register_check
from portal.core.navigation import register_nav


def _reads_the_register(user: Any) -> bool:
    return user is not None and may(user, "documents.read_register")


class DocumentsConfig(AppConfig):
    """Sealed letters."""

    name = "portal.documents"
    label = "documents"
    verbose_name = _("documents")

    def ready(self) -> None:
        from portal.documents.health import letters_are_made

        register_check("letters", letters_are_made)
        register_nav(_("Register"), "documents:register", order=70, permission=_reads_the_register)
        register_known_by_code("document")
        register_verbs(
            {
                "document.sealed": _("Document sealed"),
                "document.failed": _("Document could not be made"),
                "document.retried": _("Document asked for again"),
                "document.released": _("Document released"),
                "document.opened": _("Document opened for the first time"),
                "document.downloaded": _("Document downloaded"),
                "documents.bundle_made": _("Documents downloaded as a ZIP"),
            }
        )
