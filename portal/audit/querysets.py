"""Ways to read the chain."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from portal.audit.models import Event  # noqa: F401


class EventQuerySet(models.QuerySet["Event"]):
    """Verbs over events."""

    def about(self, name: str) -> Self:
        """The events of one object, by the name it has in the chain."""
        return self.filter(object=name)

    def newest_first(self, *, before: int | None = None) -> Self:
        """From the newest to the oldest; with `before`, only those below that number."""
        rows = self.order_by("-seq")
        return rows if before is None else rows.filter(seq__lt=before)
