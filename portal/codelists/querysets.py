"""Ways to read a code list."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

C = TypeVar("C", bound=models.Model)


class CodeQuerySet(models.QuerySet[C]):
    """Verbs over the codes of one list."""

    def in_force(self, on: date) -> Self:
        """Codes that may be chosen on that day: begun, and not withdrawn yet. No known beginning counts as begun."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        still = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
        return self.filter(begun & still)


class TerritoryQuerySet(CodeQuerySet[C]):
    """Verbs over territories."""

    def with_agreement(self, on: date) -> Self:
        """Territories with which an agreement is in force on that day."""
        begun = Q(agreement_from__isnull=True) | Q(agreement_from__lte=on)
        still = Q(agreement_until__isnull=True) | Q(agreement_until__gte=on)
        return self.filter(begun & still, has_agreement=True)


class LegalTextQuerySet(CodeQuerySet[C]):
    """Verbs over legal texts."""

    def version_in_force(self, kind: str, on: date) -> C | None:
        """The newest version of that kind of text in force on that day, or None."""
        return self.in_force(on).filter(kind=kind).order_by("-version").first()
