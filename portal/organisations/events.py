"""Words for the events of organisations in the audit chain, which itself holds codes only."""

from django.utils.translation import gettext_lazy as _

from portal.audit.labels import register_verbs


def register() -> None:
    """Give the chain's page these words."""
    register_verbs({"organisation.registered": _("Organisation entered by an officer")})
