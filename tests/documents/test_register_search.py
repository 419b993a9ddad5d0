"""The search in the register: by amount and all conditions together, each found by an index and never by reading all."""

from decimal import Decimal

import pytest
from django.db import connection

from portal.documents.models import Document
from tests import factories

REGISTER = "/en/documents/"
AMOUNTS = [None, Decimal("9999.99"), Decimal(10000), Decimal(40000), Decimal("40000.01")]


@pytest.fixture
def granted(closed_call, sealed):
    """Decisions with and without an amount, in a call whose files are unsealed."""
    factories.unsealed(closed_call)
    first = sealed(call={"reference": closed_call.reference, "title": "x"}, number="G-0")
    rows = []
    for place, amount in enumerate(AMOUNTS, start=1):
        copy = Document.objects.get(pk=first.pk)
        copy.pk, copy.number, copy.code, copy.amount = None, f"G-{place}", f"COPY-{place:04}-22", amount
        rows.append(copy)
    return Document.objects.bulk_create(rows)


def found(person, **query):
    return {row.amount for row in person.get(REGISTER, query).context["page"].rows}


@pytest.mark.parametrize(
    ("query", "amounts"),
    [
        ({"amount_from": "10 000"}, AMOUNTS[2:]),
        ({"amount_to": "40.000,00"}, AMOUNTS[1:4]),
        ({"amount_from": "10000", "amount_to": "40000"}, AMOUNTS[2:4]),
        ({"amount_from": "0", "amount_to": "0"}, []),
        ({}, AMOUNTS),
    ],
)
def test_the_register_is_narrowed_to_amounts_both_ends_included(axel, granted, query, amounts):
    assert found(axel, **query) == set(amounts)


def test_conditions_are_joined(axel, granted):
    assert found(axel, amount_from="10000", number="g-2") == set()
    assert found(axel, amount_from="10000", number="g-4", year="2027", party="exemple") == {Decimal(40000)}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"amount_from": "50 000", "amount_to": "10 000"}, "Write an amount that is not below the first one."),
        ({"amount_from": "much"}, "Grant from"),
        ({"amount_to": "-5"}, "An amount cannot be negative."),
    ],
)
def test_amounts_that_cannot_be_are_told_and_stay_in_the_field(axel, granted, query, sentence):
    response = axel.get(REGISTER, query)

    assert response.status_code == 200
    assert sentence in response.text
    assert all(f'value="{typed}"' in response.text for typed in query.values())
    assert response.context["page"].rows == []
    assert "Correct the filter to see documents." in response.text
    assert "ZIP" not in response.text
    (field,) = response.context["form"].errors
    assert f'<p class="gp-error" id="id_{field}_error">' in response.text


def test_a_receipt_carries_no_grant(axel, closed_call):
    factories.unsealed(closed_call, "D-001")

    assert found(axel, amount_from="1") == set()
    assert found(axel) == {None}


@pytest.mark.parametrize(
    ("conditions", "index"),
    [
        ({"number": "G-3"}, "document_by_number"),
        ({"party": "Exemple"}, "document_by_words_of_party"),
        ({"kind": "applications.receipt"}, "document_by_kind"),
        ({"call": "CALL-1"}, "document_by_call"),
        ({"year": 2027}, "document_by_year"),
        ({"amount": (Decimal(1), Decimal(2))}, "document_by_amount"),
    ],
)
def test_each_condition_can_use_an_index_of_its_own(granted, conditions, index):
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan to off")
        # A table this small is read through its primary key; what is tested is that the index answers the condition.
        cursor.execute("set local enable_sort to off" if index in ORDERED else "select 1")
    plan = Document.objects.matching(**conditions).order_by(*(["-pk"] if index in ORDERED else [])).explain()

    assert index in plan


ORDERED = {"document_by_kind", "document_by_year", "document_by_call"}
