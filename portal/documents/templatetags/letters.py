"""Filters for the numbers of a letter: small ones in words, the others whole at the end of a line.

Amounts and dates themselves are portal.core's.
"""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.core.words import number_in_words

register = template.Library()

NBSP = "\u00a0"
_SPACE_BESIDE_A_FIGURE = re.compile(r"(?<=[0-9]) |(?<=[0-9]er) | (?=[0-9])")
_SHORT_BRACKET = re.compile(r"\([^()]{1,30}\)")


@register.filter
def bound(text: Any) -> str:
    """ "15 mars 2027", "02 000 00 00" and "(heure de Bruxelles)" each stay on one line."""
    whole = _SPACE_BESIDE_A_FIGURE.sub(NBSP, str(text))
    return _SHORT_BRACKET.sub(lambda found: found[0].replace(" ", NBSP), whole)


@register.filter
def in_words(number: int) -> str:
    """ "deux": a sentence does not begin with a figure, and small numbers are read in words."""
    return number_in_words(number, get_language() or "fr")


@register.filter
def unbroken(text: Any) -> SafeString:
    """A reference stays on one line, hyphens and all, and can still be copied and searched.

    An ordinary space stands before it: after a non-breaking one WeasyPrint 70 may put each word before it on its own line.
    """
    return format_html('<span class="unbroken">{}</span>', text)
