"""Pages of short lists that are counted and may be reordered; lists that only grow are in paging."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class NumberedPage(Generic[M]):
    """Some rows, the addresses of the pages before and after, and where they stand; empty where there are none."""

    rows: list[M]
    previous_url: str
    next_url: str
    summary: str


def numbered_page(rows: "models.QuerySet[M]", request: HttpRequest, *, size: int) -> NumberedPage[M]:
    """The page that the address asks for by `page`, else the first; an impossible number gives the nearest page."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    found: list[Any] = list(page.object_list)
    return NumberedPage(
        rows=found,
        previous_url=_address(request, page.previous_page_number()) if page.has_previous() else "",
        next_url=_address(request, page.next_page_number()) if page.has_next() else "",
        summary=_summary(page) if page.has_other_pages() else "",
    )


def _summary(page: Any) -> str:
    shown = {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count}
    return _("%(first)s to %(last)s of %(all)s") % shown


def _address(request: HttpRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"
