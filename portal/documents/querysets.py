"""Ways to find documents."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from portal.core.claims import ClaimedQuerySet, JobState
from portal.documents.registry import visibility_rules

if TYPE_CHECKING:
    from portal.documents.models import Document  # noqa: F401


class DocumentQuerySet(ClaimedQuerySet["Document"]):
    """Verbs over documents; those of a job come from ClaimedQuerySet."""

    def visible_to(self, user: Any) -> Self:
        """What a registered rule opens to this user; nothing for a visitor."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(pk__in=[])
        for rule in visibility_rules():
            seen |= rule(user)
        return self.filter(seen)

    def issued(self) -> Self:
        """Sealed and released: the documents that left the service, for which the public page answers."""
        return self.filter(job_state=JobState.READY, released_at__isnull=False)

    def about(self, name: str) -> Self:
        """The documents about one object, by the name it has in the event chain."""
        return self.filter(about=name)

    def for_the_register(self) -> Self:
        """With the rows that a line of the register shows, without the snapshot that it does not."""
        return self.select_related("file", "superseded_by").defer("content", "superseded_by__content")

    def matching(
        self, *, number: str = "", party: str = "", kind: str = "", call: str = "", year: int | None = None
    ) -> Self:
        """Those whose number begins, whose addressee's name contains, and whose kind, call and year are as asked.

        Numbers and calls are written in capitals. The search in names reads every document that the person may see:
        accepted, since a service sends some thousands a year.
        """
        rows = self
        if number:
            rows = rows.filter(number__startswith=number.upper())
        if party:
            rows = rows.filter(party__icontains=party)
        if kind:
            rows = rows.filter(kind=kind)
        if call:
            rows = rows.filter(call_reference=call.upper())
        return rows if year is None else rows.filter(year=year)

    def newest_first(self, *, before: int | None = None) -> Self:
        """From the newest to the oldest; with `before`, only those asked for earlier than that document."""
        rows = self.order_by("-pk")
        return rows if before is None else rows.filter(pk__lt=before)

    def let_go(self, pk: int) -> bool:
        """The claim is free again because its worker is known to be dead; the attempt stays counted."""
        free = {"job_state": JobState.REQUESTED, "claimed_until": None}
        return bool(self.filter(pk=pk, job_state=JobState.CLAIMED).update(**free))
