"""The words of a translated column, marked where another language stands in."""

from django import template
from django.db import models
from django.utils.translation import get_language

from calls.reading import Words, column_words

register = template.Library()


@register.filter
def words(row: models.Model, field: str) -> Words:
    """The column in the page's language, or in another one, which it then names."""
    return column_words(row, field, get_language() or "fr")
