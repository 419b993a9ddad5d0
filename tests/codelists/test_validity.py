"""A code counts between two days; dates that are not known set no bound."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from portal.codelists.models import LegalText, Sector, Territory

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("valid_from", "withdrawn_on", "day", "counts"),
    [
        (None, None, FIRST, True),
        (FIRST, None, date(2026, 12, 31), False),
        (FIRST, None, FIRST, True),
        (None, LAST, date(2027, 12, 30), True),
        (None, LAST, LAST, False),
    ],
)
def test_a_code_counts_from_its_first_day_until_the_day_of_withdrawal(db, valid_from, withdrawn_on, day, counts):
    Sector.objects.create(code="1", name_fr="x", valid_from=valid_from, withdrawn_on=withdrawn_on)

    assert Sector.objects.in_force(day).filter(code="1").exists() is counts


def territory(**changes):
    columns = {
        "code": "x",
        "name_fr": "x",
        "country_code": "CD",
        "latitude": Decimal("-4.4"),
        "longitude": Decimal("15.3"),
    }
    return Territory(**(columns | {"has_agreement": True} | changes))


@pytest.mark.parametrize(
    ("dates", "day", "holds"),
    [
        ({}, FIRST, True),
        ({"agreement_from": FIRST}, date(2026, 12, 31), False),
        ({"agreement_until": LAST}, LAST, True),
        ({"agreement_until": LAST}, date(2028, 1, 1), False),
        ({"has_agreement": False}, FIRST, False),
    ],
)
def test_an_agreement_holds_up_to_and_including_its_last_day(db, dates, day, holds):
    place = territory(**dates)
    place.save()

    assert place.has_agreement_on(day) is holds
    assert Territory.objects.with_agreement(day).filter(code="x").exists() is holds


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"has_agreement": False, "agreement_from": FIRST}, "only_an_agreement_has_agreement_dates"),
        ({"latitude": Decimal(91)}, "a_territory_lies_on_the_globe"),
        ({"valid_from": LAST, "withdrawn_on": FIRST}, "a_territory_ends_after_it_begins"),
    ],
)
def test_the_database_refuses_a_territory_that_cannot_be(db, changes, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        territory(**changes).save()


def test_a_version_of_a_text_stands_once(db):
    LegalText.objects.create(kind="of_these_tests", version=1, text_fr="a")

    with pytest.raises(IntegrityError, match="each_version_of_a_legal_text_stands_once"), transaction.atomic():
        LegalText.objects.create(kind="of_these_tests", version=1, text_fr="b")


def test_a_name_is_shown_in_the_language_of_the_page_and_french_hides_no_missing_dutch(db):
    goal = Sector.objects.create(code="1", name_fr="Pêche", name_nl="Visserij", name_en="")

    with override("nl"):
        assert goal.name == "Visserij"
    with override("en"):
        assert not goal.name
