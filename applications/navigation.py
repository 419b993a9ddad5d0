"""The menu entry of this app."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.gate import may
from portal.core.navigation import register_nav


def applies(user: Any) -> bool:
    """Belongs to an organisation."""
    return may(user, "applications.see_own")


def register() -> None:
    """Put the applicant's list in the menu."""
    register_nav(_("My applications"), "applications:mine", permission=applies, order=30)
