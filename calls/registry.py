"""Where the apps above say how many applications a call has: numbers only, since files stay sealed until assessment."""

from collections.abc import Callable

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
