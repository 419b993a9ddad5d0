"""Ways to find documents."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Lookup, Q, QuerySet

from portal.core.claims import ClaimedQuerySet, JobState
from portal.documents.registry import visibility_rules

if TYPE_CHECKING:
    from portal.documents.models import Document  # noqa: F401

# The words of an addressee's name as they are, whatever the language; the index holds the same expression.
PARTY_WORDS = SearchVector("party", config="simple")
_WORD = re.compile(r"[^\s'’\\]*\w[^\s'’\\]*")


class AnyOf(Lookup):
    """The left side is one element of the array on the right side."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, before = self.process_lhs(compiler, connection)
        right, after = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", (*before, *after)


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

    def about_any(self, names: QuerySet[Any, Any]) -> Self:
        """The documents about any of the objects that `names` gives, a query for their names in the event chain.

        The names are gathered first: joined to them, the planner reads every document, for it cannot tell how few.
        """
        return self.filter(AnyOf(F("about"), ArraySubquery(names.order_by())))

    def for_the_register(self) -> Self:
        """With the rows that a line of the register shows, without the snapshot that it does not."""
        return self.select_related("file", "superseded_by").defer("content", "superseded_by__content")

    def matching(
        self,
        *,
        number: str = "",
        party: str = "",
        kind: str = "",
        call: str = "",
        year: int | None = None,
        amount: tuple[Decimal | None, Decimal | None] = (None, None),
    ) -> Self:
        """Those that meet every condition given: the number begins so, the addressee's name has these words, the kind,
        the call and the year are these, the amount granted lies between these (euro, both included).

        Numbers and calls are written in capitals. Each condition has an index of its own.
        """
        rows = self.filter(number__startswith=number.upper()) if number else self
        rows = rows.addressed_to(party) if party else rows
        exactly: dict[str, Any] = {"kind": kind, "call_reference": call.upper(), "year": year}
        exactly |= {"amount__gte": amount[0], "amount__lte": amount[1]}
        return rows.filter(**{field: value for field, value in exactly.items() if value not in ("", None)})

    def addressed_to(self, words: str) -> Self:
        """Those whose addressee's name has a word beginning with each of these, in any order and in any case."""
        begun = [f"'{word}':*" for word in _WORD.findall(words)]
        if not begun:
            return self.none()
        asked = SearchQuery(" & ".join(begun), config="simple", search_type="raw")
        return self.alias(party_words=PARTY_WORDS).filter(party_words=asked)

    def sealed(self) -> Self:
        """Those whose PDF is made and kept, released or not."""
        return self.filter(job_state=JobState.READY)

    def newest_first(self, *, before: int | None = None) -> Self:
        """From the newest to the oldest; with `before`, only those asked for earlier than that document."""
        rows = self.order_by("-pk")
        return rows if before is None else rows.filter(pk__lt=before)

    def let_go(self, pk: int) -> bool:
        """The claim is free again because its worker is known to be dead; the attempt stays counted."""
        free = {"job_state": JobState.REQUESTED, "claimed_until": None}
        return bool(self.filter(pk=pk, job_state=JobState.CLAIMED).update(**free))
