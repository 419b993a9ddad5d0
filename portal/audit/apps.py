"""Names the audit app, puts its page in the menu and turns its checks on."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.core.gate import may
from portal.core.navigation import register_nav


def _reads_the_chain(user: Any) -> bool:
    return user is not None and may(user, "audit.read_chain")


class AuditConfig(AppConfig):
    """The chain of events."""

    name = "portal.audit"
    label = "audit"
    verbose_name = _("event chain")

    def ready(self) -> None:
        from portal.audit import checks  # noqa: F401 - importing it is registering it

        register_nav(_("Event chain"), "audit:chain", order=90, permission=_reads_the_chain)
