"""Names the demo app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented data, made through the services."""

    name = "portal.demo"
    label = "demo"
