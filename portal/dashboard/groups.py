"""The shape of what waits: groups of lines, each line a link to the one thing to do."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One thing: its words, where it is done, one line of detail, and the tag that says how it stands."""

    label: Words
    url: str
    note: Words = ""
    state_label: Words = ""
    state: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one kind. Where not all are listed, `more_url` leads to the whole list; `total` may not be known."""

    title: Words
    lines: list[Line] = field(default_factory=list)
    total: int | None = None
    more_url: str = ""
    note: Words = ""


def whole(title: Words, lines: list[Line]) -> Group:
    """A group that lists everything."""
    return Group(title, lines, total=len(lines))
