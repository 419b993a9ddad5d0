"""Days and moments in Brussels: shown long, shown short, and read from a wall clock. Deadlines live in the apps."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

BRUSSELS = ZoneInfo("Europe/Brussels")
NBSP = "\u00a0"

_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_ZONE = {"fr": "heure de Bruxelles", "nl": "Brusselse tijd", "en": "Brussels time"}


class NoSuchMoment(ValueError):
    """A wall-clock time that Brussels skips or lives twice; the text says which."""


def long_day(day: date, language: str) -> str:
    """ "1er mars 2027", "1 maart 2027", "1 March 2027"; a moment gives its day in Brussels."""
    day, language = _local(day), language[:2]
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """ "31/03/2027", for dense tables only."""
    return f"{_local(day):%d/%m/%Y}"


def long_moment(moment: datetime, language: str, *, offset: bool = False) -> str:
    """ "15 mars 2027 à 12 h 00 (heure de Bruxelles)", to the minute.

    With `offset` the distance to UTC is added; in the hour that Brussels lives twice it always is.
    """
    local, language = _local_moment(moment), language[:2]
    clock = {"fr": f"%H{NBSP}h{NBSP}%M", "nl": "%H.%M uur", "en": "%H:%M"}[language]
    return _sentence(local, clock, language, offset=offset)


def second_moment(moment: datetime, language: str, *, offset: bool = False) -> str:
    """The same to the second, for receipts and the audit chain: "15 March 2027, 11:42:08 (Brussels time)"."""
    local, language = _local_moment(moment), language[:2]
    spoken = f"%H{NBSP}h{NBSP}%M{NBSP}min{NBSP}%S{NBSP}s"
    clock = {"fr": spoken, "nl": "%H.%M.%S uur", "en": "%H:%M:%S"}[language]
    return _sentence(local, clock, language, offset=offset)


def clock_time(moment: datetime, language: str) -> str:
    """Only the time of day in Brussels: "14 h 32", "14.32 uur", "14:32"; for stamps that show their day elsewhere."""
    clock = {"fr": f"%H{NBSP}h{NBSP}%M", "nl": "%H.%M uur", "en": "%H:%M"}[language[:2]]
    return _local_moment(moment).strftime(clock)


def _sentence(local: datetime, clock: str, language: str, *, offset: bool) -> str:
    zone = _ZONE[language]
    if offset or is_lived_twice(local):
        zone = f"{zone}, {utc_offset(local)}"
    link = {"fr": " à ", "nl": " om ", "en": ", "}[language]
    return f"{long_day(local, language)}{link}{local.strftime(clock)} ({zone})"


def utc_offset(moment: datetime) -> str:
    """The distance of Brussels to UTC at that moment: "UTC+1" in winter, "UTC+2" in summer."""
    hours = (_local_moment(moment).utcoffset() or timedelta()) // timedelta(hours=1)
    return f"UTC{hours:+d}"


def is_lived_twice(moment: datetime) -> bool:
    """Whether Brussels reads this time twice: the hour before clocks go back to winter time."""
    local = _local_moment(moment)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def brussels_moment(wall: datetime) -> datetime:
    """The moment at which a clock in Brussels shows `wall` (naive).

    Raises NoSuchMoment in the hour that is skipped in spring and in the hour that comes twice in autumn: a deadline
    there would be open to two readings.
    """
    first, second = wall.replace(tzinfo=BRUSSELS, fold=0), wall.replace(tzinfo=BRUSSELS, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    asked = f"{wall:%d/%m/%Y %H:%M}"
    if first.astimezone(ZoneInfo("UTC")).astimezone(BRUSSELS).replace(tzinfo=None) != wall:
        raise NoSuchMoment(_("%(asked)s does not exist in Brussels: the clocks go forward.") % {"asked": asked})
    raise NoSuchMoment(_("%(asked)s comes twice in Brussels: the clocks go back.") % {"asked": asked})


def _local(day: date) -> date:
    return _local_moment(day) if isinstance(day, datetime) else day


def _local_moment(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown.")
    return moment.astimezone(BRUSSELS)
