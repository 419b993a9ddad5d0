"""Every list asks the database as often for three rows as for one, and at most twelve times.

A list is a template that shows the component for an empty list or the one for further pages: it then stands in
lists_world.py, under the address of a page that draws it.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.architecture.lists_world import LISTS, ListPage, one_more_of_each

MOST = 12
SIGNS = ('"components/empty.html"', '"components/pagination.html"')


def list_templates() -> set[str]:
    folder = Path(settings.ROOT, "templates")
    found = (path for path in folder.rglob("*.html") if any(sign in path.read_text("utf-8") for sign in SIGNS))
    return {path.relative_to(folder).as_posix() for path in found}


def test_every_list_has_its_entry_and_every_entry_its_list():
    assert {entry.template for entry in LISTS} == list_templates()


@pytest.mark.django_db
def test_every_list_asks_as_often_for_three_rows_as_for_one_and_at_most_twelve_times():
    one_more_of_each(1)
    of_one = {entry: asked(entry, 1) for entry in LISTS}
    for number in (2, 3):
        one_more_of_each(number)
    of_three = {entry: asked(entry, 3) for entry in LISTS}

    assert [said(entry, of_one, of_three) for entry in LISTS if of_one[entry] != of_three[entry]] == []
    assert [said(entry, of_one, of_three) for entry in LISTS if of_three[entry] > MOST] == []


def asked(entry: ListPage, rows: int) -> int:
    """How often the page asks, once it was opened before."""
    client, address = Client(), entry.address(rows)
    if entry.person:
        client.force_login(factories.person(entry.person))
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(address)
    assert entry.template in {template.name for template in shown.templates}, (
        f"{address} does not draw {entry.template}"
    )
    return len(queries)


def said(entry: ListPage, of_one: dict[ListPage, int], of_three: dict[ListPage, int]) -> str:
    return f"{entry.view} by {entry.person or 'a visitor'}: {of_one[entry]} for one row, {of_three[entry]} for three"
