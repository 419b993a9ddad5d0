"""Names the dashboard app and puts its page in the menu."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """What waits for each person."""

    name = "portal.dashboard"
    label = "dashboard"

    def ready(self) -> None:
        from portal.dashboard import navigation

        navigation.register()
