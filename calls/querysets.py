"""Questions about calls: which are open, which may be seen. Time decides nothing by being stored."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from calls.choices import PUBLIC, State

if TYPE_CHECKING:
    from calls.models import Call  # noqa: F401


class CallQuerySet(models.QuerySet["Call"]):
    """Verbs over calls."""

    def public(self) -> Self:
        """Published once: everyone may read it from then on."""
        return self.filter(state__in=PUBLIC)

    def open(self, at: datetime) -> Self:
        """Open for applications: published, opening moment reached, closing moment not reached (strict)."""
        return self.filter(state=State.PUBLISHED, opens_at__lte=at, closes_at__gt=at)

    def current(self, at: datetime) -> Self:
        """Published, and the closing moment not reached: open, or soon; the next deadline first."""
        return self.filter(state=State.PUBLISHED, closes_at__gt=at).order_by("closes_at", "reference")

    def upcoming(self, at: datetime) -> Self:
        """Published, and not yet open."""
        return self.filter(state=State.PUBLISHED, opens_at__gt=at)

    def closed(self, at: datetime) -> Self:
        """Published once, and the closing moment reached."""
        return self.public().filter(closes_at__lte=at)

    def visible_to(self, user: Any) -> Self:
        """Public ones for everyone; the others for the unit's staff, for auditors and for administrators."""
        if not user.is_authenticated:
            return self.public()
        if user.is_administrator or (user.mandate_now and not user.mandate_now.call_references):
            return self
        seen = Q(state__in=PUBLIC) | Q(unit__in=user.staff_units)
        if user.mandate_now:
            seen |= Q(reference__in=user.mandate_now.call_references)
        return self.filter(seen)

    def of_the_desk(self, user: Any) -> Self:
        """Calls that the person works on: those of the units where they are staff; auditors read their scope."""
        if user.is_auditor or user.is_administrator:
            return self.visible_to(user)
        return self.filter(unit__in=user.staff_units)

    def locked(self) -> Self:
        """The rows are held until the end of the transaction."""
        return self.select_for_update(of=("self",))
