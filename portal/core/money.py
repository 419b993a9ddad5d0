"""Euro amounts: read what a person typed, show it, write it in words, split it. No fields and no currency exchange."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.words import number_in_words

CENT = Decimal("0.01")
MOST = Decimal("9999999999.99")  # what a Decimal(12,2) column holds
NBSP = "\u00a0"

# Longer than any amount of a Decimal(12,2) with its spaces and its sign: 5 000 digits are refused unread.
_LONGEST = 40
# Space, non-breaking, figure, thin and narrow non-breaking space: all of them arrive from spreadsheets.
_SPACES = " \u00a0\u2007\u2009\u202f"
_SIGN = re.compile(rf"^(?:€|EUR|euro)[{_SPACES}]*|[{_SPACES}]*(?:€|EUR|euros?)$", re.IGNORECASE)
_MINUS = re.compile(rf"^[-\u2212][{_SPACES}]*")
_PLAIN = re.compile(r"^(?P<whole>[0-9]+)(?:[.,](?P<cents>[0-9]{1,2}))?$")
_GROUPED = re.compile(
    rf"^(?P<whole>[1-9][0-9]{{0,2}}(?P<mark>[.,{_SPACES}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*)"
    r"(?:(?!(?P=mark))[.,](?P<cents>[0-9]{1,2}))?$"
)
_TWO_READINGS = re.compile(r"^(?P<left>[1-9][0-9]{0,2})[.,](?P<right>[0-9]{3})$")
_MANY_DECIMALS = re.compile(rf"^[0-9][0-9.,{_SPACES}]*[.,][0-9]{{3,}}$")


class UnreadableAmount(ValueError):
    """What was typed is not one amount in euro; the text says why and what to write."""


def parse_amount(text: str) -> Decimal:
    """The amount that `text` says, with two decimals; the same in every language of the interface.

    Groups of three may be split by spaces, dots or commas; one or two decimals follow a comma or a dot. What has
    two readings (1.234), more than two decimals, an exponent or a minus sign is refused, never guessed or rounded.
    Source of the rule: docs/process.md, section 7.
    """
    if len(text) > _LONGEST:
        raise UnreadableAmount(_("This is too long for an amount. Write for example 1 234,56."))
    typed = text.strip(_SPACES + "\t\r\n")
    if not typed:
        raise UnreadableAmount(_("Write an amount, for example 1 234,56."))
    figures, is_negative = _without_signs(typed)
    amount = _read(figures, typed)
    if is_negative and amount:
        raise UnreadableAmount(_("An amount cannot be negative."))
    if amount > MOST:
        raise UnreadableAmount(_("This amount is larger than the portal can hold."))
    return amount


def _without_signs(typed: str) -> tuple[str, bool]:
    """`typed` without one euro sign, before or after, and without a minus; and whether there was a minus."""
    figures, minus = _MINUS.subn("", typed, count=1)
    figures = _SIGN.sub("", figures, count=1)
    if not minus:
        figures, minus = _MINUS.subn("", figures, count=1)
    return figures, bool(minus)


def _read(figures: str, typed: str) -> Decimal:
    if two := _TWO_READINGS.match(figures):
        raise UnreadableAmount(_ambiguous(typed, two["left"], two["right"]))
    found = _PLAIN.match(figures) or _GROUPED.match(figures)
    if found:
        whole = re.sub(r"[^0-9]", "", found["whole"])
        return Decimal(f"{whole}.{found['cents'] or '':0<2}")
    if _MANY_DECIMALS.match(figures):
        raise UnreadableAmount(_("An amount has at most two decimals: write for example 1 234,56."))
    raise UnreadableAmount(
        _("“%(typed)s” is not an amount. Use figures only, for example 1 234,56.") % {"typed": typed}
    )


def _ambiguous(typed: str, left: str, right: str) -> str:
    language = get_language() or "en"
    return _("“%(typed)s” has two readings: %(thousands)s or %(decimals)s. Write %(plain)s, or use two decimals.") % {
        "typed": typed,
        "thousands": show_amount(Decimal(left + right), language, cents=True),
        "decimals": _with_sign(f"{left}{_marks(language)[1]}{right}", language),
        "plain": left + right,
    }


def _marks(language: str) -> tuple[str, str]:
    """The group mark and the decimal mark of a language."""
    return (",", ".") if language.startswith("en") else (NBSP, ",")


def _with_sign(figures: str, language: str) -> str:
    if language.startswith("en"):
        return f"-€{figures[1:]}" if figures.startswith("-") else f"€{figures}"
    return f"€{NBSP}{figures}" if language.startswith("nl") else f"{figures}{NBSP}€"


def show_number(value: Decimal | int, language: str, *, places: int | None = None) -> str:
    """A number as `language` writes it: "50,5" in French and Dutch, "50.5" in English.

    With `places`, exactly so many decimals (half up); without, those that the number has, less final zeros.
    """
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _dot, decimals = f"{exact:,f}".partition(".")
    decimals = decimals if places is not None else decimals.rstrip("0")
    group, mark = _marks(language)
    return whole.replace(",", group) + (f"{mark}{decimals}" if decimals else "")


def show_amount(value: Decimal | int, language: str, *, cents: bool | None = None) -> str:
    """An amount as `language` writes it: "12 345,67 €", "€ 12 345,67", "€12,345.67", with U+00A0 for spaces.

    `cents=None` leaves the cents out when there are none; a column says True or False for all its rows.
    """
    exact = Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)
    shows_cents = exact != exact.to_integral_value() if cents is None else cents
    return _with_sign(show_number(exact, language, places=2 if shows_cents else 0), language)


def plain_amount(value: Decimal | int) -> str:
    """An amount as it is put back into a field: "12 345,67", the same in every language."""
    return show_number(Decimal(value), "fr", places=2)


def amount_in_words(value: Decimal | int, language: str) -> str:
    """An amount written out for a decision: "douze mille trois cents euros et cinquante centimes"."""
    exact = Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)
    euros, cents = divmod(int(exact * 100), 100)
    return {"fr": _words_fr, "nl": _words_nl, "en": _words_en}[language[:2]](euros, cents)


def _words_fr(euros: int, cents: int) -> str:
    words = number_in_words(euros, "fr")
    # A noun such as million calls for "d'": deux millions d'euros, but deux millions cent euros.
    link = " d’" if euros and euros % 1_000_000 == 0 else " "
    said = f"{words}{link}euro{'s' if euros > 1 else ''}"
    if not cents:
        return said
    return f"{said} et {number_in_words(cents, 'fr')} centime{'s' if cents > 1 else ''}"


def _words_nl(euros: int, cents: int) -> str:
    said = f"{number_in_words(euros, 'nl')} euro"
    return f"{said} en {number_in_words(cents, 'nl')} cent" if cents else said


def _words_en(euros: int, cents: int) -> str:
    said = f"{number_in_words(euros, 'en')} euro{'' if euros == 1 else 's'}"
    return f"{said} and {number_in_words(cents, 'en')} cent{'' if cents == 1 else 's'}" if cents else said


def split_instalments(total: Decimal, percents: Sequence[Decimal | int]) -> list[Decimal]:
    """`total` in instalments: each but the last is cut down to the cent, the last is what remains.

    No cent is lost and none is added. The percentages must add up to 100.
    Source of the rule: docs/process.md, section 7.
    """
    if not percents or sum(percents) != 100 or min(percents) < 0:
        raise ValueError("The percentages of the instalments must add up to 100.")
    before = [(total * Decimal(percent) / 100).quantize(CENT, rounding=ROUND_DOWN) for percent in percents[:-1]]
    return [*before, total - sum(before, Decimal(0))]
