"""Every address that answers with a page is looked at, and so is every page of a failure."""

from pathlib import Path

from django.conf import settings

from tests.architecture.test_access_matrix import DENIED, matrix
from tests.look.every_page import BROKEN, NO_PAGE, PAGES

# What stands at the root of the templates: the frame, and one page for each way in which something is refused.
REACHED = {"base.html", "403.html", "404.html", "405.html", "409.html"}


def test_every_address_that_somebody_may_open_is_looked_at_or_says_why_not():
    opened = {name for (name, method), row in matrix().items() if method == "GET" and set(row.values()) - DENIED}

    assert opened - {page.view for page in PAGES} == set(NO_PAGE)


def test_every_page_of_a_failure_is_looked_at():
    found = {path.name for path in Path(settings.ROOT, "templates").glob("*.html")}

    assert found - REACHED == {page.template for page in BROKEN}
