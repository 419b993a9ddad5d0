"""The page of what waits, and the administrator's pages, in the main menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.gate import may
from portal.core.navigation import register_nav


def is_signed_in(user: Any) -> bool:
    """A person with an account."""
    return bool(getattr(user, "is_authenticated", False))


def sees_people(user: Any) -> bool:
    """Runs the portal technically."""
    return is_signed_in(user) and may(user, "accounts.see_people")


def sees_jobs(user: Any) -> bool:
    """Looks after letters and mails that are not ready."""
    return is_signed_in(user) and may(user, "accounts.see_jobs")


def register() -> None:
    """Put the pages in the menu."""
    register_nav(_("Waiting on me"), "dashboard:home", permission=is_signed_in, order=0)
    register_nav(_("People"), "people", permission=sees_people, order=80)
    register_nav(_("Jobs"), "jobs", permission=sees_jobs, order=85)
