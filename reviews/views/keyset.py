"""Pages of a list that goes from the oldest row to the newest; the other direction is in portal.core.paging."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.http import HttpRequest

from portal.core.paging import key_before

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Slice(Generic[M]):
    """Some rows, and the addresses of those before and after them; empty where there are none."""

    rows: list[M]
    previous_url: str
    next_url: str


def slice_of(rows: "models.QuerySet[M]", request: HttpRequest, *, size: int) -> Slice[M]:
    """`size` rows in the order of their ids: after the id in the address, or before it, else the first ones."""
    after, before = key_before(request, "after"), key_before(request, "before")
    if before is not None:
        found = list(rows.filter(pk__lt=before).order_by("-pk")[: size + 1])
        shown: list[Any] = found[:size][::-1]
        has_previous, has_next = len(found) > size, True
    else:
        found = list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[: size + 1])
        shown = found[:size]
        has_previous, has_next = after is not None, len(found) > size
    return Slice(
        rows=shown,
        previous_url=_address(request, "before", shown[0]) if shown and has_previous else "",
        next_url=_address(request, "after", shown[-1]) if shown and has_next else "",
    )


def _address(request: HttpRequest, name: str, row: Any) -> str:
    asked = request.GET.copy()
    for key in ("after", "before"):
        asked.pop(key, None)
    asked[name] = str(row.pk)
    return f"?{asked.urlencode()}"
