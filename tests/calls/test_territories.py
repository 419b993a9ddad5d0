"""The partner territories: a public list with dates, the calls in which each had priority, and the same on a map."""

import re
from datetime import timedelta
from html import unescape
from itertools import combinations

import pytest
from django.utils import timezone

from calls.map import MARK, WIDTH, Spot, around, draw
from portal.codelists.models import PriorityRegion, Territory
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/en/territories/"


def row_of(text, name):
    """The row of the list that begins with this name."""
    return next(row for row in text.split("<tr>") if re.search(rf'class="row-title">{name}', row))


def test_the_twenty_eight_agreements_stand_with_what_is_known_of_their_days(visitor):
    shown = visitor.get(PAGE).text

    assert Territory.objects.filter(has_agreement=True).count() == 28
    assert "Ended on 31 December 2023" in row_of(shown, "Chennai")
    assert "In force" in row_of(shown, "Vilnius")
    assert "No agreement" in row_of(shown, "Occupied Palestinian")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-9, None, "Since "),
        (9, None, "From "),
        (-9, 9, "until "),
        (None, 9, "In force until "),
        (None, -9, "Ended on "),
    ],
)
def test_an_agreement_is_told_by_its_days(visitor, first, last, words):
    today = timezone.localdate()
    days = {"agreement_from": first, "agreement_until": last}
    known = {name: today + timedelta(days=number) for name, number in days.items() if number is not None}
    Territory.objects.filter(code="vilnius").update(**{"agreement_from": None, "agreement_until": None, **known})

    assert words in row_of(visitor.get(PAGE).text, "Vilnius")


def test_a_withdrawn_territory_is_not_listed(visitor):
    Territory.objects.filter(code="vilnius").update(withdrawn_on=timezone.localdate())

    assert "Vilnius" not in visitor.get(PAGE).text


def test_priority_regions_change_per_call(visitor, open_call):
    other = factories.draft_call("CALL-2", closes_in=-timedelta(hours=1))
    other.territories.set(Territory.objects.filter(code="paramaribo"))
    factories.calls.publish(other)
    shown = visitor.get(PAGE).text

    assert open_call.get_absolute_url().partition("/calls/")[2] in row_of(shown, "City-Province of Kinshasa")
    assert "CALL-2" in row_of(shown, "Paramaribo")
    assert "CALL-2" not in row_of(shown, "City-Province of Kinshasa")
    assert "South 2021" in row_of(shown, "Paramaribo")
    assert "South 2024" not in row_of(shown, "Paramaribo")
    assert "No call yet" in row_of(shown, "Vilnius")


def test_a_call_that_is_not_published_makes_no_priority_region(visitor):
    draft = factories.draft_call("CALL-SECRET")

    assert draft.reference not in visitor.get(PAGE).text


@pytest.mark.parametrize(("language", "name", "country"), [("fr", "Vienne", "Autriche"), ("nl", "Wenen", "Oostenrijk")])
def test_names_and_countries_are_in_the_language_of_the_page(visitor, language, name, country):
    shown = visitor.get(f"/{language}/territories/").text

    assert name in shown
    assert country in shown


def test_everything_on_the_map_stands_in_the_list_too_and_open_places_have_their_own_shape(visitor, open_call):
    shown = visitor.get(PAGE).text
    drawing, listed = re.findall(r"<svg viewBox.*?</svg>", shown, re.DOTALL), shown.partition("<table")[2]

    marks = [re.findall(r'class="gp-map__name"[^>]*>([^<]+)<', one) for one in drawing if 'role="img"' in one]
    labels = [label for one in marks for label in one]
    assert len(labels) == Territory.objects.count()
    for label in labels:
        number, _space, name = label.partition(" ")
        assert re.search(rf">{number}</td>\s*<th[^>]*>{re.escape(name)}", listed)
    assert (
        sum(one.count('class="gp-map__now"') for one in drawing if 'role="img"' in one) == open_call.territories.count()
    )


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_no_name_on_the_map_covers_another_one(visitor, open_call, language):
    shown = visitor.get(f"/{language}/territories/").text

    for drawing in re.findall(r"<svg viewBox.*?</svg>", shown, re.DOTALL):
        found = re.findall(r'gp-map__name" x="(-?\d+)" y="(-?\d+)" text-anchor="(\w+)">(.*?)<', drawing)
        names = [(int(x), int(y), anchor, unescape(name)) for x, y, anchor, name in found]
        assert [(one[3], two[3]) for one, two in combinations(names, 2) if covers(one, two)] == []


def covers(one, two):
    """Whether two names meet: a letter is half as wide as the 17 units of its size."""
    (left, right, base), (other_left, other_right, other_base) = (reach(*name) for name in (one, two))
    return left < other_right and other_left < right and abs(base - other_base) < 17


def reach(x, y, anchor, name):
    width = len(name) * 17 * 0.5
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return left, left + width, y


def test_the_page_asks_the_database_the_same_for_one_and_three_calls(visitor, django_assert_num_queries):
    factories.open_call("CALL-1")
    with django_assert_num_queries(3):
        visitor.get(PAGE)
    factories.open_call("CALL-2")
    factories.closed_call("CALL-3")

    with django_assert_num_queries(3):
        visitor.get(PAGE)


def test_a_page_without_any_territory_says_so(visitor):
    PriorityRegion.objects.all().delete()
    Territory.objects.update(withdrawn_on="2000-01-01")

    assert "once their list is loaded" in visitor.get(PAGE).text


def test_a_point_lies_where_its_degrees_say():
    spots = [Spot(1, "West", 0, -60, "other"), Spot(2, "East", 30, 60, "other")]
    drawing = draw(spots, around(spots, 30))

    assert (drawing.width, drawing.height) == (WIDTH, round(WIDTH * 60 / 150))
    assert [(drawn.x, drawn.y) for drawn in drawing.spots] == [(0, 384), (768, 192)]


def test_labels_of_neighbours_do_not_stand_on_one_another():
    spots = [Spot(number, "Bratislava", 48.1 + number / 50, 17.0 + number, "agreed") for number in range(1, 5)]
    drawing = draw(spots, around(spots, 5))

    places = {(drawn.name_at.x, drawn.name_at.y) for drawn in drawing.spots}
    assert len(places) == 4
    assert all(drawn.name_at.x != drawn.x or abs(drawn.name_at.y - drawn.y) >= MARK for drawn in drawing.spots)
