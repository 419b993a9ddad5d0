"""What the apps above know about a call: how many applications it has (numbers only: files stay sealed until
assessment), and when the last of them was told of a decision.
"""

from collections.abc import Callable
from datetime import datetime

from calls.models import Call

Counts = list[tuple[str, int]]
Counter = Callable[[Call], Counts]

_counters: list[Counter] = []


def register_counts(counter: Counter) -> Counter:
    """Add a counter: call to (words, number), in the order in which the page shows them."""
    _counters.append(counter)
    return counter


def counts_of(call: Call) -> Counts:
    """Every registered count of the call."""
    return [count for counter in _counters for count in counter(call)]


LastNotice = Callable[[Call], datetime | None]

_last_notices: list[LastNotice] = []


def register_last_notice(last_notice: LastNotice) -> LastNotice:
    """Add a way to find the last moment at which an applicant of the call was told of a decision."""
    _last_notices.append(last_notice)
    return last_notice


def last_notice_of(call: Call) -> datetime | None:
    """The last moment at which somebody was told of a decision; None when nobody was."""
    return max((moment for find in _last_notices if (moment := find(call))), default=None)
