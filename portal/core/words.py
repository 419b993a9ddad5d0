"""Whole numbers in words: French as written in Belgium, Dutch and English. Amounts of money live in money.py."""

# Own tables: the library at hand writes "quatre-vingt", "un millions" and "twaalfduizenddriehonderd" (no space),
# each of which is a spelling mistake in an official letter.

LARGEST = 999_999_999_999

_FR_UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FR_TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "septante", "quatre-vingt", "nonante"]

_NL_UNITS = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_NL_TENS = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]

_EN_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def number_in_words(number: int, language: str) -> str:
    """`number` (0 to 999 999 999 999) written out in `language` (fr, nl or en)."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not written in words here.")
    return {"fr": _french, "nl": _dutch, "en": _english}[language](number)


def _split(number: int, size: int) -> tuple[int, int]:
    return number // size, number % size


def _french(number: int, *, ends: bool = True) -> str:
    """`ends`: the number closes the group or stands before a noun, so that vingt and cent take their plural."""
    for size, noun in ((10**9, "milliard"), (10**6, "million")):
        if number >= size:
            many, rest = _split(number, size)
            head = f"{_french(many)} {noun}{'s' if many > 1 else ''}"
            return f"{head} {_french(rest, ends=ends)}" if rest else head
    if number >= 1000:
        many, rest = _split(number, 1000)
        head = "mille" if many == 1 else f"{_french(many, ends=False)} mille"
        return f"{head} {_french(rest, ends=ends)}" if rest else head
    if number >= 100:
        many, rest = _split(number, 100)
        head = "cent" if many == 1 else f"{_FR_UNITS[many]} cent"
        if rest:
            return f"{head} {_french(rest, ends=ends)}"
        return head + ("s" if many > 1 and ends else "")
    return _french_below_100(number, ends=ends)


def _french_below_100(number: int, *, ends: bool) -> str:
    if number < 20:
        return _FR_UNITS[number]
    tens, unit = _split(number, 10)
    if unit == 0:
        return _FR_TENS[tens] + ("s" if tens == 8 and ends else "")
    if unit == 1 and tens != 8:
        return f"{_FR_TENS[tens]} et un"
    return f"{_FR_TENS[tens]}-{_FR_UNITS[unit]}"


def _dutch(number: int) -> str:
    for size, noun in ((10**9, "miljard"), (10**6, "miljoen")):
        if number >= size:
            many, rest = _split(number, size)
            head = f"{_dutch(many)} {noun}"
            return f"{head} {_dutch(rest)}" if rest else head
    if number >= 1000:
        many, rest = _split(number, 1000)
        head = "duizend" if many == 1 else f"{_dutch(many)}duizend"
        return f"{head} {_dutch(rest)}" if rest else head
    if number >= 100:
        many, rest = _split(number, 100)
        head = "honderd" if many == 1 else f"{_NL_UNITS[many]}honderd"
        return head + (_dutch(rest) if rest else "")
    if number < 20:
        return _NL_UNITS[number]
    tens, unit = _split(number, 10)
    if unit == 0:
        return _NL_TENS[tens]
    # A trema keeps the two e's apart: tweeëntwintig, drieëndertig.
    link = "ën" if _NL_UNITS[unit].endswith("e") else "en"
    return f"{_NL_UNITS[unit]}{link}{_NL_TENS[tens]}"


def _english(number: int) -> str:
    for size, noun in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            many, rest = _split(number, size)
            head = f"{_english(many)} {noun}"
            link = " and" if 0 < rest < 100 else ""
            return f"{head}{link} {_english(rest)}" if rest else head
    if number >= 100:
        many, rest = _split(number, 100)
        head = f"{_EN_UNITS[many]} hundred"
        return f"{head} and {_english(rest)}" if rest else head
    if number < 20:
        return _EN_UNITS[number]
    tens, unit = _split(number, 10)
    return _EN_TENS[tens] + (f"-{_EN_UNITS[unit]}" if unit else "")
