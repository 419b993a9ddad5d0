"""Names the core app and turns its checks on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The floor under every other app."""

    name = "portal.core"
    label = "core"

    def ready(self) -> None:
        from portal.core import checks  # noqa: F401 - importing it is registering it
