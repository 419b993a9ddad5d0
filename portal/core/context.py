"""What every template of a request may use: the menu of this person, and whether this is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.core.navigation import menu_for


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The menu is worked out only when a template asks for it: an htmx fragment never does."""
    return {
        "DEMO": settings.DEMO,
        "SPECIMEN": settings.SPECIMEN,
        "navigation": SimpleLazyObject(lambda: menu_for(request)),
    }
