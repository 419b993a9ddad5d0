"""What people call the objects of the chain, told by the apps that hold them: the chain itself stores codes only."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Name:
    """An object in words, and the page on which it is read."""

    words: str
    url: str


Namer = Callable[[Any, list[str]], dict[str, Name]]
Finder = Callable[[Any, str], Iterable[str]]

_namers: dict[str, Namer] = {}
_finders: list[Finder] = []


def register_namer(kind: str, namer: Namer) -> None:
    """Add who names the objects of a kind: the user and what follows the colon in their codes, to a name for each.

    It leaves out what this user may not see.
    """
    _namers[kind] = namer


def register_finder(finder: Finder) -> None:
    """Add a way to find objects: the user and what was typed, in capitals, to the codes of what this user may see."""
    _finders.append(finder)


def register_known_by_code(kind: str) -> None:
    """The codes of this kind end in the number or reference that people know the object by."""
    register_finder(lambda _user, capitals: [f"{kind}:{capitals}"])


def names_of(codes: Iterable[str], user: Any) -> dict[str, Name]:
    """The names by code, of the objects that this user may see; one look for each kind."""
    keys: dict[str, list[str]] = defaultdict(list)
    for code in sorted(set(codes)):
        kind, _colon, key = code.partition(":")
        keys[kind].append(key)
    named = {kind: _namers[kind](user, found) for kind, found in keys.items() if kind in _namers}
    return {f"{kind}:{key}": name for kind, names in named.items() for key, name in names.items()}


def codes_of(typed: str, user: Any) -> list[str]:
    """The codes that what was typed may mean: itself one, or a number or reference that an app knows."""
    return [typed, *(code for finder in _finders for code in finder(user, typed.upper()))]
