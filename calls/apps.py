"""Names the calls app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    """Calls for projects."""

    name = "calls"
    verbose_name = _("Calls for projects")

    def ready(self) -> None:
        from calls import events, navigation, permissions

        permissions.load()
        events.register()
        navigation.register()
