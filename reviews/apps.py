"""Names the reviews app and tells the apps below what its roles may see there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """Screening, reviews, decisions."""

    name = "reviews"
    verbose_name = _("Reviews and decisions")

    def ready(self) -> None:
        from reviews import cancelling, consequences, documents, events, naming, navigation, permissions, visibility
        from reviews.services import refusals

        permissions.load()
        visibility.register()
        documents.register()
        consequences.register()
        refusals.register()
        events.register()
        naming.register()
        cancelling.register()
        navigation.register()
