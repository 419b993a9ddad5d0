"""CPU time and queries of pages, in this process, without the web server; the time of PostgreSQL stands apart."""

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.world import LIST
from tests import factories
from tests.look.every_page import PAGES, Page
from tests.look.every_step import Facts

WARM_UPS, TURNS = 2, 7
LANGUAGE = "fr"
_BOARD = Page("live board of 100 files", "olga", "reviews:board", (LIST,))
_HOTTEST = (
    *("home", "open calls", "call", "dashboard of an applicant", "own applications", "task list complete", "section"),
    *("budget", "dashboard of an officer", "work list", "file in screening", "register", "mail log"),
    "dashboard of the head",
)


@dataclass(frozen=True)
class Cost:
    """What one page costs: milliseconds of this process's CPU, all milliseconds, queries."""

    cpu: float
    whole: float
    queries: int


def hottest() -> list[Page]:
    """The fifteen pages that are opened most, or that show the most."""
    named = {page.name: page for page in PAGES}
    return [*(named[name] for name in _HOTTEST), _BOARD]


def every_page() -> list[Page]:
    """Every kind of page, and the board of a hundred files."""
    return [*PAGES, _BOARD]


def client_of(person: str) -> Client:
    """A browser in which the person is signed in; nobody is a visitor."""
    client = Client()
    if person:
        client.force_login(factories.person(person))
    return client


def measure(pages: Iterable[Page], facts: Facts) -> dict[str, Cost]:
    """Each page by its name: the median of seven turns after two that warm up."""
    return {page.name: _cost(page, facts) for page in pages}


def _cost(page: Page, facts: Facts) -> Cost:
    client, address = client_of(page.person), page.address(facts, LANGUAGE)
    for _turn in range(WARM_UPS):
        answer = client.get(address)
        if answer.status_code != page.status:
            raise RuntimeError(f"{page.name} answered {answer.status_code}: it cannot be measured.")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    queries = len(asked)  # now: the next request empties the list
    cpu, whole = [], []
    for _turn in range(TURNS):
        began, began_cpu = time.perf_counter(), time.process_time()
        client.get(address)
        cpu.append(time.process_time() - began_cpu)
        whole.append(time.perf_counter() - began)
    return Cost(statistics.median(cpu) * 1000, statistics.median(whole) * 1000, queries)


def tell(small: dict[str, Cost], large: dict[str, Cost], *, sizes: tuple[int, int]) -> None:
    """A line for each page: CPU at both sizes and their ratio, everything together, queries."""
    few, many = (f"{size:,}" for size in sizes)
    print(f"\nPages: ms of CPU at {few} and at {many} applications, their ratio, ms in all at {many}, queries")
    for name, cost in large.items():
        before = small[name]
        queries = f"{before.queries} / {cost.queries}" if before.queries != cost.queries else f"{cost.queries}"
        ratio = cost.cpu / before.cpu
        print(f"  {name:<34}{before.cpu:7.1f}{cost.cpu:8.1f}{ratio:7.2f}{cost.whole:9.1f}   {queries}")
    print(
        f"  most CPU: {max(cost.cpu for cost in large.values()):.1f} ms; most queries: "
        f"{max(cost.queries for cost in large.values())}",
        flush=True,
    )
