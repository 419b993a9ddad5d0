"""Names the accounts app and tells the lower apps what its roles may see."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, units, roles."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        from portal.accounts import events, permissions, visibility

        permissions.load()
        visibility.register()
        events.register()
