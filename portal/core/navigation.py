"""The main menu: which entries exist, who sees them, which one is here. The apps register theirs in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    """A registered entry: its words, the page it opens, and the question whether a person sees it."""

    label: str | Promise
    url_name: str
    permission: Callable[[Any], bool]
    order: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class MenuItem:
    """An entry as one person sees it on one page."""

    label: str | Promise
    url: str
    is_current: bool


_entries: dict[str, Entry] = {}


def everyone(user: Any) -> bool:
    """The permission of an entry that visitors see too."""
    return True


def register_nav(
    label: str | Promise,
    url_name: str,
    *,
    permission: Callable[[Any], bool] = everyone,
    order: int,
    also: tuple[str, ...] = (),
) -> None:
    """Put a page in the main menu, for the people to whom `permission(user)` says yes.

    `also` names views outside the page's own folder that belong to it: the entry is marked as current there too.
    Registering a page again replaces its entry.
    """
    _entries[url_name] = Entry(label, url_name, permission, order, also)


def menu_for(request: HttpRequest) -> list[MenuItem]:
    """The entries this person sees, in order; at most one of them is current."""
    user = getattr(request, "user", None)
    seen = [(entry, _url(entry)) for entry in sorted(_entries.values(), key=lambda entry: entry.order)]
    seen = [(entry, url) for entry, url in seen if url and entry.permission(user)]
    here = _current(request, seen)
    return [MenuItem(entry.label, url, entry.url_name == here) for entry, url in seen]


def _url(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _current(request: HttpRequest, seen: list[tuple[Entry, str]]) -> str:
    """The name of the entry that claims this view, else of the one whose folder holds this page most closely."""
    match = getattr(request, "resolver_match", None)
    view = match.view_name if match else ""
    for entry, _url_of_entry in seen:
        if view and view in (entry.url_name, *entry.also):
            return entry.url_name
    holding = [(len(url), entry.url_name) for entry, url in seen if request.path.startswith(url) and not _is_root(url)]
    return max(holding)[1] if holding else ""


def _is_root(url: str) -> bool:
    """Whether `url` is the start page of a language ("/fr/"): every page would lie in its folder."""
    return len(url.strip("/").split("/")) < 2
