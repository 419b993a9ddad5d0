"""Words for the roles by which the audit chain names people, which itself holds codes only."""

from django.utils.translation import pgettext_lazy

from portal.accounts.choices import Role
from portal.audit.labels import register_roles


def register() -> None:
    """Give the chain's page these words."""
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
