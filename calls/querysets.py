"""Questions about calls: which are open, which may be seen. Time decides nothing by being stored."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from calls.choices import PUBLIC, CorrigendumState, State

if TYPE_CHECKING:
    from calls.models import Call, Corrigendum  # noqa: F401


# What a line about a call shows, and what is to be done next is told from.
OF_A_LINE = ("reference", "state", "title", "opens_at", "closes_at", "proposed_at", "return_reason")
PUBLISHED_ONCE = Q(state__in=PUBLIC) | Q(state=State.CANCELLED, published_at__isnull=False)


def calls_of_the_mandate(user: Any, path: str = "") -> Q:
    """The calls that an auditor may read about: those that the mandate names, of the years that it names.

    A call belongs to the year in which it closes, in Brussels. Where the mandate names no calls, or no years, it means
    all of them. Whatever belongs to a call follows it: `path` leads there. Nothing for who holds no mandate now.
    """
    mandate = user.mandate_now
    if mandate is None:
        return Q(pk__in=[])
    scope = ~Q(pk__in=[])
    if mandate.call_references:
        scope &= Q(**{f"{path}reference__in": mandate.call_references})
    if mandate.years:
        scope &= Q(**{f"{path}closes_at__year__in": mandate.years})
    return scope


def staff_or_mandate(user: Any, path: str = "") -> Q:
    """Calls of the units where the person is staff, and those of the mandate of an auditor."""
    return Q(**{f"{path}unit__in": user.staff_units}) | calls_of_the_mandate(user, path)


class CallQuerySet(models.QuerySet["Call"]):
    """Verbs over calls."""

    def public(self) -> Self:
        """Published once: everyone may read it from then on."""
        return self.filter(PUBLISHED_ONCE)

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
        """Published once, and nobody can apply any more: the closing moment is reached, or the call is cancelled."""
        return self.public().filter(Q(closes_at__lte=at) | Q(state=State.CANCELLED))

    def visible_to(self, user: Any) -> Self:
        """Public ones for everyone; the others for the unit's staff, for auditors and for administrators."""
        if not user.is_authenticated:
            return self.public()
        if user.is_administrator:
            return self
        return self.filter(PUBLISHED_ONCE | staff_or_mandate(user))

    def of_the_desk(self, user: Any) -> Self:
        """Calls that the person works on: those of the units where they are staff; an auditor reads the mandate's."""
        if user.is_administrator:
            return self
        return self.filter(staff_or_mandate(user))

    def as_lines(self) -> Self:
        """Without the texts, the figures and the contract: a list reads dozens of calls and shows a line of each."""
        return self.only(*OF_A_LINE)

    def locked(self) -> Self:
        """The rows are held until the end of the transaction."""
        return self.select_for_update(of=("self",))


class CorrigendumQuerySet(models.QuerySet["Corrigendum"]):
    """Verbs over corrigenda."""

    def visible_to(self, user: Any) -> Self:
        """Those of a call that the person may read at the desk; the public page shows the issued ones itself."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_administrator else self.filter(staff_or_mandate(user, "call__"))

    def issued(self) -> Self:
        """Those that count, in the order of their numbers."""
        return self.filter(state=CorrigendumState.ISSUED).order_by("number")
