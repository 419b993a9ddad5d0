"""Sizes of files as people read them."""

from decimal import Decimal

from portal.core.money import NBSP, show_number

STEP = 1024
_UNITS = {
    "fr": ("octets", "Ko", "Mo", "Go"),
    "nl": ("bytes", "kB", "MB", "GB"),
    "en": ("bytes", "KB", "MB", "GB"),
}


def show_size(size: int, language: str) -> str:
    """ "340 octets", "1,2 Ko", "10 MB", to one decimal; each unit is 1024 of the one before, as desktops count."""
    if size == 1:
        return f"1{NBSP}{_UNITS[language[:2]][0].removesuffix('s')}"
    left, units = Decimal(size), list(_UNITS[language[:2]])
    while left >= STEP and len(units) > 1:
        left, units = left / STEP, units[1:]
    return f"{show_number(left.quantize(Decimal('0.1')), language)}{NBSP}{units[0]}"
