"""A call is read whole in one query, and every page of the desk stays within twelve; an auditor sees the mandate only."""

import pytest
from django.db.models import Manager, prefetch_related_objects

from calls.models import Call
from calls.services import propose_publication
from calls.whole import PARTS, read_whole
from portal.accounts.models import Mandate
from tests import factories

pytestmark = pytest.mark.django_db
MOST = 12


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname != "id"}


def test_every_part_is_what_the_database_holds_in_the_same_order(open_call):
    slowly, at_once = factories.fetch(open_call), factories.fetch(open_call)
    prefetch_related_objects([slowly], *PARTS, "sections__questions__choices")
    read_whole(at_once)

    for part in PARTS:
        assert [columns(row) for row in getattr(at_once, part).all()] == [
            columns(row) for row in getattr(slowly, part).all()
        ], part
    for one, other in zip(at_once.sections.all(), slowly.sections.all(), strict=True):
        for question, same in zip(one.questions.all(), other.questions.all(), strict=True):
            assert columns(question) == columns(same)
            assert list(question.choices.all()) == list(same.choices.all())


def test_one_query_is_enough_and_a_second_reading_asks_nothing(open_call, django_assert_num_queries):
    call = factories.fetch(open_call)
    with django_assert_num_queries(1):
        read_whole(call)
        read_whole(call)
        assert all(list(getattr(call, part).all()) for part in PARTS)
        assert call.sections.all()[0].questions.all()[0].section.call == call


def test_a_filter_on_a_part_still_asks_the_database(open_call):
    call = factories.fetch(open_call)
    read_whole(call)

    assert isinstance(call.criteria, Manager)
    assert call.criteria.get(code="C3").weight == next(row for row in call.criteria.all() if row.code == "C3").weight


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("olga", "desk/calls/CALL-1/"),
        ("helene", "desk/calls/CALL-1/"),
        ("axel", "desk/calls/CALL-1/"),
        ("olga", "calls/CALL-1/"),
        ("olga", "desk/calls/CALL-1/propose/"),
        ("helene", "desk/calls/CALL-1/cancel/"),
    ],
)
def test_the_pages_of_a_draft_ask_at_most_twelve_times(request, person, address, django_assert_max_num_queries):
    factories.draft_call()
    client = request.getfixturevalue(person)

    with django_assert_max_num_queries(MOST):
        assert client.get(f"/fr/{address}").status_code == 200


@pytest.mark.parametrize("act", ["publish", "return", "cancel"])
def test_the_pages_of_a_proposed_call_do_too(helene, act, django_assert_max_num_queries):
    propose_publication(call_id=factories.draft_call().pk, by=factories.person("olga"))

    with django_assert_max_num_queries(MOST):
        assert helene.get(f"/fr/desk/calls/CALL-1/{act}/").status_code == 200


@pytest.mark.parametrize("act", ["extend-deadline", "cancel"])
def test_the_acts_on_a_published_call_do_too(helene, open_call, act, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST):
        assert helene.get(f"/fr/desk/calls/CALL-1/{act}/").status_code == 200


def test_the_form_of_a_correction_does_too(olga, open_call, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST):
        assert olga.get("/fr/desk/calls/CALL-1/corrigenda/new/?text=criterion:C3:guidance").status_code == 200


# The auditor's desk ------------------------------------------------------------------------------


def calls_of(person):
    return set(Call.objects.of_the_desk(person).values_list("reference", flat=True))


def test_an_auditor_finds_the_calls_of_the_mandate_at_the_desk_and_no_other(axel):
    for reference in ("CALL-1", "CALL-2"):
        factories.open_call(reference)
    draft = factories.draft_call("CALL-3")
    assert calls_of(factories.person("axel")) == {"CALL-1", "CALL-2", "CALL-3"}

    Mandate.objects.update(call_references=["CALL-2"])

    assert calls_of(factories.person("axel")) == {"CALL-2"}
    assert axel.get("/en/desk/calls/CALL-1/").status_code == 404
    assert "CALL-1" not in axel.get("/en/desk/calls/").text
    assert axel.get("/en/calls/CALL-1/").status_code == 200
    assert axel.get(f"/en/calls/{draft.reference}/").status_code == 404


def test_the_years_of_a_mandate_bound_the_desk_too(open_call):
    year = open_call.closes_at.year
    Mandate.objects.update(years=[year - 3])
    assert calls_of(factories.person("axel")) == set()

    Mandate.objects.update(years=[year - 3, year])
    assert calls_of(factories.person("axel")) == {open_call.reference}
