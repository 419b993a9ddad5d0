"""Names the mail app; its page in the menu, its question on the health page, the words of its events."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs
from portal.core.gate import may
from portal.core.health import register_check
from portal.core.navigation import register_nav


def _reads_the_log(user: Any) -> bool:
    return user is not None and may(user, "mail.read_log")


class MailConfig(AppConfig):
    """Outgoing mail."""

    name = "portal.mail"
    label = "mail"
    verbose_name = _("mail")

    def ready(self) -> None:
        from portal.mail.health import mail_leaves

        register_check("mail", mail_leaves)
        register_nav(_("Mail"), "mail:log", order=80, permission=_reads_the_log)
        register_verbs({"mail.sent": _("Mail sent"), "mail.failed": _("Mail could not be sent")})
