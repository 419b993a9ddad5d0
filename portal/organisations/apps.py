"""Names the organisations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Organisations and memberships."""

    name = "portal.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from portal.organisations import events, permissions

        permissions.load()
        events.register()
