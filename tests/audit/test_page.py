"""The page of the event chain: who reads it, what it says, and that it stays quick when the chain grows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from portal.audit.models import Event
from portal.audit.services import record
from portal.audit.verification import verify
from tests import factories


def page(query: str = "") -> str:
    with override("en"):
        return reverse("audit:chain") + query


@pytest.fixture
def events(db):
    """More events than one page holds."""
    for number in range(60):
        record("call.published", on=f"call:{number}", by=None)


@pytest.mark.parametrize("person", ["axel", "helene", "adam"])
def test_the_auditor_the_head_and_the_administrator_read_the_chain(request, person):
    assert request.getfixturevalue(person).get(page()).status_code == 200


@pytest.mark.parametrize("person", ["amina", "bruno", "olga", "rachid"])
def test_nobody_else_reads_the_chain(request, events, person):
    response = request.getfixturevalue(person).get(page())

    assert response.status_code == 403
    assert "call:59" not in response.text


def test_the_chain_is_seen_whole_or_not_at_all(events):
    assert Event.objects.visible_to(factories.person("axel")).count() == Event.objects.count()
    assert not Event.objects.visible_to(factories.person("olga")).exists()


def test_a_visitor_is_asked_to_sign_in(visitor):
    assert visitor.get(page()).status_code == 302


def test_the_page_says_that_the_chain_holds_and_shows_the_last_fingerprint_whole(axel, events):
    verdict = verify()

    response = axel.get(page("?check=yes"))

    assert "Chain complete" in response.text
    assert f"{verdict.count} events checked on" in response.text
    assert verdict.head in response.text


def test_whoever_only_looks_does_not_wait_for_the_check(axel, events, django_assert_max_num_queries):
    with django_assert_max_num_queries(6) as asked:
        response = axel.get(page())

    assert "Check the whole chain" in response.text
    assert not [query for query in asked.captured_queries if "order by seq" in query["sql"]]


def test_following_the_pages_comes_to_the_first_event(axel, events):
    total = verify().count

    newest = axel.get(page())
    oldest = axel.get(page(newest.context["page"].older_url))

    shown = [event.seq for event in [*newest.context["page"].rows, *oldest.context["page"].rows]]
    assert shown == list(range(total, max(0, total - 100), -1))


def test_the_events_of_one_object_can_be_asked_for(axel, events):
    response = axel.get(page("?about=call:7"))

    assert [event.object for event in response.context["page"].rows] == ["call:7"]


def test_what_is_asked_for_is_shown_as_text(axel):
    response = axel.get(page("?about=<script>alert(1)</script>"))

    assert "<script>alert(1)" not in response.text


@pytest.mark.parametrize("nonsense", ["-1", "abc", "9" * 30])
def test_an_address_that_makes_no_sense_is_not_found(axel, nonsense):
    assert axel.get(page(f"?before={nonsense}")).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_only_reads(axel, method):
    assert getattr(axel, method)(page()).status_code in {403, 405}


def test_the_page_asks_the_database_the_same_number_of_times(axel):
    counts = []
    for number in range(3):
        record("call.published", on=f"call:{number}", by=None)
        with CaptureQueriesContext(connection) as asked:
            axel.get(page())
        counts.append(len(asked))

    assert counts[0] == counts[2]
    assert counts[0] <= 12
