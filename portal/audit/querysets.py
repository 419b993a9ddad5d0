"""Ways to read the chain."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from portal.core.gate import may

if TYPE_CHECKING:
    from portal.audit.models import Event  # noqa: F401


class EventQuerySet(models.QuerySet["Event"]):
    """Verbs over events."""

    def visible_to(self, user: Any) -> Self:
        """The whole chain, for whoever may read it: a part of it would prove nothing."""
        return self if may(user, "audit.read_chain") else self.none()

    def about(self, *codes: str) -> Self:
        """The events of these objects, by their codes in the chain."""
        return self.filter(object__in=codes)

    def newest_first(self, *, before: int | None = None) -> Self:
        """From the newest to the oldest; with `before`, only those below that number."""
        rows = self.order_by("-seq")
        return rows if before is None else rows.filter(seq__lt=before)
