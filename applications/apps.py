"""Names the applications app and tells the lower apps what applicants see and receive."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    """Applications to calls."""

    name = "applications"
    verbose_name = _("Applications")

    def ready(self) -> None:
        from applications import consequences, counts, documents, events, navigation, permissions, visibility

        permissions.load()
        visibility.register()
        documents.register()
        events.register()
        consequences.register()
        counts.register()
        navigation.register()
