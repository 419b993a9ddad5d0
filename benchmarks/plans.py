"""How PostgreSQL answers the queries of the list pages: the nodes of each plan that read a table, and by which index."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.pages import LANGUAGE, client_of
from tests.look.every_page import PAGES
from tests.look.every_step import Facts

LISTS = (
    *("open calls", "own applications", "work list", "calls of the desk", "proposals", "own reviews", "register"),
    *("register of the auditor", "mail log", "event chain", "letters to post", "dashboard of an officer"),
    "dashboard of the head",
)
SEARCHES = (
    "number=OLD-0007",
    "party=amis+77",
    "kind=reviews.award",
    "call=OLD-0007",
    "year=2024",
    "amount_from=104990",
)
BIG = 10_000


def tell(facts: Facts) -> None:
    """For each list page, what its queries read of the big tables; a big table read from end to end is marked."""
    big = _big_tables()
    print(f"\nPlans of the list pages: how the tables of more than {BIG:,} rows are read ({', '.join(sorted(big))})")
    marked = 0
    for name, person, address in _addresses(facts):
        nodes = sorted({node for query in _queries(person, address) for node in _nodes_of(query, big)})
        marked += sum(node.startswith("Seq Scan") for node in nodes)
        print(f"  {name:<38}{'; '.join(nodes) or 'none of them'}")
    print(f"  big tables read from end to end: {marked}", flush=True)


def _addresses(facts: Facts) -> Iterator[tuple[str, str, str]]:
    named = {page.name: page for page in PAGES}
    for name in LISTS:
        page = named[name]
        yield name, page.person, page.address(facts, LANGUAGE)
    register, work_list = named["register of the auditor"], named["work list"]
    for search in SEARCHES:
        yield f"register, {search}", register.person, f"{register.address(facts, LANGUAGE)}?{search}"
    for search in ("view=decided", "q=OLD-0007-D-100", "call=OLD-0007&view=decided"):
        yield f"work list, {search}", work_list.person, f"{work_list.address(facts, LANGUAGE)}?{search}"


def _big_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and reltuples > %s", [BIG])
        return {name for (name,) in cursor.fetchall()}


def _queries(person: str, address: str) -> list[str]:
    client = client_of(person)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]


def _nodes_of(sql: str, big: set[str]) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"explain (format json) {sql.replace('%', '%%')}", [])
        (found,) = cursor.fetchone()
    plan = json.loads(found) if isinstance(found, str) else found
    yield from _reading(plan[0]["Plan"], big, "")


def _reading(node: dict[str, Any], big: set[str], table: str) -> Iterator[str]:
    """Nodes that read a big table; a bitmap's index is named below the table that it belongs to."""
    table = node.get("Relation Name", table)
    if table in big and ("Index Name" in node or node["Node Type"] == "Seq Scan"):
        yield f"{node['Node Type']} {table}" + (f" by {node['Index Name']}" if "Index Name" in node else "")
    for part in node.get("Plans", []):
        yield from _reading(part, big, table)
