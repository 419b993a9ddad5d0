"""Questions about applications: who sees which, and which count."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat

from applications.choices import LIVE
from applications.registry import visibility_rules
from portal.organisations.permissions import organisations_of

if TYPE_CHECKING:
    from applications.models import Application  # noqa: F401

# What a line about a file shows, and what its standing is told from.
OF_A_LINE = (
    *("reference", "number", "title", "language", "state", "channel", "submitted_at", "notified_at"),
    *("call", "organisation__name"),
)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Verbs over applications."""

    def visible_to(self, user: Any) -> Self:
        """Members see those of their organisations; everyone else what a registered rule allows.

        A draft is never shown to the administration, nor a submitted file before assessment is opened.
        """
        if not user.is_authenticated:
            return self.none()
        seen = Q(organisation__in=organisations_of(user))
        for rule in visibility_rules():
            seen |= rule(user)
        return self.filter(seen)

    def of_the_organisations_of(self, user: Any) -> Self:
        """Those of the user's own organisations."""
        return self.filter(organisation__in=organisations_of(user))

    def unsealed(self) -> Self:
        """Handed in, and assessment of the call opened: before that the administration sees counts only."""
        return self.filter(call__assessment_opened_at__isnull=False, submitted_at__isnull=False)

    def names(self) -> models.QuerySet[Any, Any]:
        """The names under which documents and mails speak of them (`audit_name`), for a subquery."""
        if self.query.is_empty():
            # Most people have no file that is closed to them: nothing is put together for it, on every list.
            return self.values("reference")
        return self.annotate(name=Concat(Value("application:"), Cast("public_id", models.CharField()))).values("name")

    def as_lines(self, *more: str) -> Self:
        """With what a line about a file shows, and `more` of the rows that the list reads along: no text, no plan."""
        return self.select_related("organisation").only(*OF_A_LINE, *more)

    def live(self) -> Self:
        """Counting towards the maximum per applicant."""
        return self.filter(state__in=LIVE)

    def locked(self) -> Self:
        """The rows are held until the end of the transaction, in the order of their ids."""
        return self.select_for_update(of=("self",)).order_by("pk")
