"""The shape of what waits: groups of lines, each line a link to the one thing to do."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One thing: its words, where it is done, one line of detail, and the tag that says how it stands.

    Where the words are somebody's own, `language` is theirs; `reference` stands before them.
    """

    label: Words
    url: str
    note: Words = ""
    state_label: Words = ""
    state: str = ""
    reference: str = ""
    language: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one kind. Where not all are listed, `more_url` leads to the whole list; `total` may not be known."""

    title: Words
    lines: list[Line] = field(default_factory=list)
    total: int | None = None
    more_url: str = ""
    note: Words = ""


def file_line(file: Any, url: str, note: Words, state_label: Words, state: str) -> Line:
    """A line about a file, by its whole reference: a person may have the first file of two calls side by side."""
    return Line(file.shown_title, url, note, state_label, state, file.reference, file.title_language)


def whole(title: Words, lines: list[Line]) -> Group:
    """A group that lists everything."""
    return Group(title, lines, total=len(lines))
