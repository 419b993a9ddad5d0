"""Days and moments as people in Brussels read them, and the two nights on which a clock lies."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils.translation import override

from portal.core.dates import (
    BRUSSELS,
    NoSuchMoment,
    brussels_moment,
    clock_time,
    is_lived_twice,
    long_day,
    long_moment,
    second_moment,
    short_day,
    utc_offset,
)

NOON = datetime(2027, 3, 15, 11, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fr", "1er mars 2027"), ("nl", "1 maart 2027"), ("en", "1 March 2027")],
)
def test_the_first_of_the_month_is_written_as_its_language_does(language, shown):
    assert long_day(date(2027, 3, 1), language) == shown


def test_every_month_has_a_name_in_every_language():
    for language in ("fr", "nl", "en"):
        assert len({long_day(date(2027, month, 2), language) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fr", "15 mars 2027 à 12\u00a0h\u00a000 (heure de Bruxelles)"),
        ("nl", "15 maart 2027 om 12.00 uur (Brusselse tijd)"),
        ("en", "15 March 2027, 12:00 (Brussels time)"),
    ],
)
def test_a_moment_always_names_its_time_zone(language, shown):
    assert long_moment(NOON, language) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fr", "15 mars 2027 à 12\u00a0h\u00a000\u00a0min\u00a005\u00a0s (heure de Bruxelles)"),
        ("nl", "15 maart 2027 om 12.00.05 uur (Brusselse tijd)"),
        ("en", "15 March 2027, 12:00:05 (Brussels time)"),
    ],
)
def test_a_receipt_shows_the_second(language, shown):
    assert second_moment(NOON, language) == shown


def test_a_deadline_can_show_its_distance_to_utc():
    assert long_moment(NOON, "en", offset=True) == "15 March 2027, 12:00 (Brussels time, UTC+1)"
    assert utc_offset(datetime(2027, 7, 1, tzinfo=UTC)) == "UTC+2"


def test_the_time_of_day_stands_alone_on_a_stamp():
    assert clock_time(NOON, "fr") == "12\u00a0h\u00a000"
    assert short_day(NOON) == "15/03/2027"


def test_a_moment_late_in_utc_is_the_next_day_in_brussels():
    assert long_day(datetime(2027, 6, 30, 22, 30, tzinfo=UTC), "en") == "1 July 2027"


@pytest.mark.parametrize("zone", [UTC, BRUSSELS, timezone(timedelta(hours=12))])
def test_a_moment_is_shown_the_same_whatever_zone_it_comes_in(zone):
    assert long_moment(NOON.astimezone(zone), "nl") == "15 maart 2027 om 12.00 uur (Brusselse tijd)"


def test_a_moment_without_a_zone_is_not_shown():
    with pytest.raises(ValueError, match="time zone"):
        long_moment(datetime(2027, 3, 15, 12, 0), "fr")  # noqa: DTZ001 - the point of the test


def test_the_hour_that_comes_twice_is_told_apart():
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    assert is_lived_twice(first)
    assert long_moment(first, "en") == "25 October 2026, 02:30 (Brussels time, UTC+2)"
    assert long_moment(second, "en") == "25 October 2026, 02:30 (Brussels time, UTC+1)"


@pytest.mark.parametrize(
    ("wall", "reason"),
    [(datetime(2026, 10, 25, 2, 30), "comes twice"), (datetime(2027, 3, 28, 2, 30), "does not exist")],  # noqa: DTZ001
)
def test_a_wall_clock_time_that_is_skipped_or_repeated_is_refused_with_the_reason(wall, reason):
    with override("en"), pytest.raises(NoSuchMoment, match=reason):
        brussels_moment(wall)


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        (datetime(2026, 10, 25, 1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 10, 25, 3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2027, 3, 28, 1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2027, 3, 28, 3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),  # noqa: DTZ001
    ],
)
def test_the_minutes_around_a_clock_change_are_one_moment_each(wall, utc):
    assert brussels_moment(wall) == utc
