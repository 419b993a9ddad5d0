"""Words for the roles by which the audit chain names people, and for the mails about accounts."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.choices import Role
from portal.audit.labels import register_roles
from portal.mail.registry import register_templates


def register() -> None:
    """Give the pages of the chain and of the jobs these words."""
    register_templates({"accounts/password_reset": _("New password")})
    register_roles(
        {
            Role.OFFICER: pgettext_lazy("actor", "officer"),
            Role.REVIEWER: pgettext_lazy("actor", "reviewer"),
            Role.UNIT_HEAD: pgettext_lazy("actor", "head of unit"),
            Role.ADMINISTRATOR: pgettext_lazy("actor", "administrator"),
            "auditor": pgettext_lazy("actor", "auditor"),
            "applicant": pgettext_lazy("actor", "applicant"),
        }
    )
