"""The template filters: the page's language, unless another is named."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import gettext_lazy, override

MOMENT = datetime(2027, 3, 15, 11, 0, 5, tzinfo=UTC)


def render(text: str, language: str = "fr", **context: object) -> str:
    with override(language):
        return Template("{% load portal %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("{{ value|amount }}", Decimal("12345.00"), "12\u00a0345\u00a0€"),
        ("{{ value|amount_with_cents }}", Decimal(12345), "12\u00a0345,00\u00a0€"),
        ("{{ value|amount:'nl' }}", Decimal("12.5"), "€\u00a012,50"),
        ("{{ value|number }}", Decimal("50.5"), "50,5"),
        ("{{ value|number:2 }}", Decimal("50.5"), "50,50"),
        ("{{ value|day }}", date(2027, 3, 1), "1er mars 2027"),
        ("{{ value|short_day }}", date(2027, 3, 1), "01/03/2027"),
        ("{{ value|moment:'en' }}", MOMENT, "15 March 2027, 12:00 (Brussels time)"),
        ("{{ value|moment_with_offset:'en' }}", MOMENT, "15 March 2027, 12:00 (Brussels time, UTC+1)"),
        ("{{ value|second:'nl' }}", MOMENT, "15 maart 2027 om 12.00.05 uur (Brusselse tijd)"),
        ("{{ value|clock:'en' }}", MOMENT, "12:00"),
        ("{{ value|enterprise_number }}", "0566988259", "0566.988.259"),
        ("{{ value|account_number }}", "BE68539007547034", "BE68\u00a05390\u00a00754\u00a07034"),
    ],
)
def test_a_value_is_shown_in_the_language_of_the_page_or_in_the_one_named(text, value, shown):
    assert render(text, value=value) == shown


@pytest.mark.parametrize(
    "name",
    ["amount", "amount_with_cents", "number", "day", "short_day", "moment", "moment_with_offset", "second", "clock"],
)
def test_nothing_is_shown_for_no_value(name):
    assert render("{{ value|" + name + " }}", value=None) == ""


def test_words_can_be_shown_in_another_language_than_the_page():
    assert render("{{ value|in_language:'en' }}", "fr", value=gettext_lazy("Monday")) == "Monday"
    assert render("{{ value|in_language:'fr' }}", "en", value=gettext_lazy("Monday")) == "lundi"
