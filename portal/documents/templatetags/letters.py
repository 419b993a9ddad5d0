"""Filters that keep a letter's numbers whole at the end of a line. Amounts and dates themselves are portal.core's."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

NBSP = "\u00a0"
_SPACE_BESIDE_A_FIGURE = re.compile(r"(?<=[0-9]) | (?=[0-9])")


@register.filter
def bound(text: Any) -> str:
    """ "15 mars 2027" and "02 000 00 00" stay on one line: a space beside a figure does not break."""
    return _SPACE_BESIDE_A_FIGURE.sub(NBSP, str(text))


@register.filter
def unbroken(text: Any) -> SafeString:
    """A reference stays on one line, hyphens and all, and can still be copied and searched."""
    return format_html('<span class="unbroken">{}</span>', text)
