"""Filters for amounts, numbers, days and moments, in the page's language unless another is named. No markup."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language, override

from portal.core import dates, money
from portal.core.organisation_numbers import show_enterprise_number, show_iban
from portal.core.sizes import show_size

register = template.Library()


def _language(named: str) -> str:
    return named or get_language() or "fr"


@register.filter
def amount(value: Decimal | int | None, language: str = "") -> str:
    """ "12 345 €" or "12 345,67 €"; nothing for no amount."""
    return "" if value is None or value == "" else money.show_amount(value, _language(language))


@register.filter
def amount_with_cents(value: Decimal | int | None, language: str = "") -> str:
    """ "12 345,00 €", for a column in which some amounts have cents."""
    return "" if value is None or value == "" else money.show_amount(value, _language(language), cents=True)


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """ "50,5" as the page's language writes it; `places` fixes the decimals."""
    return "" if value is None or value == "" else money.show_number(value, _language(""), places=places)


@register.filter
def filesize(value: int | None) -> str:
    """ "1,2 Ko", "10 MB"."""
    return "" if value is None else show_size(value, _language(""))


@register.filter
def day(value: date | None, language: str = "") -> str:
    """ "15 mars 2027"."""
    return dates.long_day(value, _language(language)) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """ "15/03/2027", for dense tables only."""
    return dates.short_day(value) if value else ""


@register.filter
def moment(value: datetime | None, language: str = "") -> str:
    """ "15 mars 2027 à 12 h 00 (heure de Bruxelles)"."""
    return dates.long_moment(value, _language(language)) if value else ""


@register.filter
def moment_with_offset(value: datetime | None, language: str = "") -> str:
    """ "15 mars 2027 à 12 h 00 (heure de Bruxelles, UTC+1)", for deadlines."""
    return dates.long_moment(value, _language(language), offset=True) if value else ""


@register.filter
def second(value: datetime | None, language: str = "") -> str:
    """The moment to the second, for receipts and the audit chain."""
    return dates.second_moment(value, _language(language)) if value else ""


@register.filter
def clock(value: datetime | None, language: str = "") -> str:
    """ "14 h 32": only the time of day."""
    return dates.clock_time(value, _language(language)) if value else ""


@register.filter
def in_language(value: Any, language: str) -> str:
    """The words of a translatable value in `language`, whatever the language of the page."""
    with override(language):
        return str(value)


@register.filter
def enterprise_number(value: str) -> str:
    """ "0403.019.261"."""
    return show_enterprise_number(value) if value else ""


@register.filter
def account_number(value: str) -> str:
    """ "BE68 5390 0754 7034"."""
    return show_iban(value) if value else ""
