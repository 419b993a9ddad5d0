"""Pages of lists that only grow: each page starts below the last row of the one before. No counts, no page numbers."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.http import Http404, HttpRequest

M = TypeVar("M", bound=models.Model)
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows, and the addresses of the newer and older ones; empty where there are none."""

    rows: list[M]
    newest_url: str
    older_url: str


def key_before(request: HttpRequest, name: str = "before") -> int | None:
    """The row below which the page starts, from the address; None on the first page, 404 for nonsense."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_KEY):
        raise Http404("No such page.")
    return int(text)


def page_of(rows: "models.QuerySet[M]", request: HttpRequest, *, size: int, name: str = "before") -> Page[M]:
    """The first `size` of `rows`, newest first and already cut at `key_before`."""
    found = list(rows[: size + 1])
    shown: list[Any] = found[:size]
    older = _address(request, name, str(shown[-1].pk)) if len(found) > size else ""
    newest = _address(request, name, "") if request.GET.get(name) else ""
    return Page(shown, newest, older)


def _address(request: HttpRequest, name: str, value: str) -> str:
    asked = request.GET.copy()
    asked.pop(name, None)
    if value:
        asked[name] = value
    return f"?{asked.urlencode()}" if asked else request.path
