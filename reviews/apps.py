"""Names the reviews app and tells the apps below what its roles may see there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """Screening, reviews, decisions."""

    name = "reviews"
    verbose_name = _("Reviews and decisions")

    def ready(self) -> None:
        from reviews import consequences, documents, events, navigation, permissions, visibility

        permissions.load()
        visibility.register()
        documents.register()
        events.register()
        consequences.register()
        navigation.register()
