"""One value has one text, and so one hash."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.canonical import canonical_json, sha256_hex

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_and_nothing_is_spaced_or_escaped():
    assert canonical_json({"b": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"b":1}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("12.5"), '"12.50"'),
        (Decimal("12.50"), '"12.50"'),
        (Decimal(12), '"12.00"'),
        (Decimal("1E+3"), '"1000.00"'),
        (Decimal("-0.0"), '"0.00"'),
        (Decimal("-1.125"), '"-1.125"'),
        (date(2027, 3, 15), '"2027-03-15"'),
        (datetime(2027, 3, 15, 11, 0, tzinfo=UTC), '"2027-03-15T11:00:00Z"'),
        (UUID(int=7), '"00000000-0000-0000-0000-000000000007"'),
    ],
)
def test_each_kind_of_value_has_one_text(value, text):
    assert canonical_json(value) == text


def test_the_same_moment_in_two_zones_is_the_same_text():
    moment = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)

    assert canonical_json(moment) == canonical_json(moment.astimezone(timezone(timedelta(hours=5))))


@pytest.mark.parametrize(
    "value",
    [1.5, {1: "a"}, datetime(2027, 3, 15), Decimal("NaN"), Decimal("Infinity"), {1, 2}, object()],  # noqa: DTZ001
)
def test_what_has_more_than_one_text_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical_json({"value": value})


@given(values)
def test_a_copy_in_another_order_has_the_same_hash(value):
    shuffled = dict(reversed(list(value.items()))) if isinstance(value, dict) else value

    assert sha256_hex(canonical_json(shuffled)) == sha256_hex(canonical_json(value))


def test_a_fingerprint_is_that_of_the_utf_8_bytes():
    assert sha256_hex("Hélène") == hashlib.sha256("Hélène".encode()).hexdigest() == sha256_hex("Hélène".encode())
