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

# The codes of these kinds end in the number or reference that people know them by.
KNOWN_BY_THEIR_CODE = ("call", "document", "proposal")

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


def names_of(codes: Iterable[str], user: Any) -> dict[str, Name]:
    """The names by code, of the objects that this user may see; one look for each kind."""
    keys: dict[str, list[str]] = defaultdict(list)
    for code in sorted(set(codes)):
        kind, _colon, key = code.partition(":")
        keys[kind].append(key)
    named = {kind: _namers[kind](user, found) for kind, found in keys.items() if kind in _namers}
    return {f"{kind}:{key}": name for kind, names in named.items() for key, name in names.items()}


def codes_of(typed: str, user: Any) -> list[str]:
    """What was typed may be a code, the number of a letter or list, the reference of a call or of a file."""
    capitals = typed.upper()
    codes = [typed, *(f"{kind}:{capitals}" for kind in KNOWN_BY_THEIR_CODE)]
    for finder in _finders:
        codes.extend(finder(user, capitals))
    return codes
