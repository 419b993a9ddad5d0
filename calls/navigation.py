"""The calls in the main menu: the public list for everyone, the desk's list for those who work on calls."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.gate import may
from portal.core.navigation import register_nav


def is_visitor(user: Any) -> bool:
    """Not signed in: everyone else starts from what waits for them."""
    return not getattr(user, "is_authenticated", False)


def works_on_calls(user: Any) -> bool:
    """Reads the desk's list, and reaches the public one from there."""
    return not is_visitor(user) and may(user, "calls.see_desk")


def reads_calls(user: Any) -> bool:
    """Everyone else."""
    return not works_on_calls(user)


def register() -> None:
    """Put the pages of the calls in the menu."""
    register_nav(_("Home"), "calls:home", permission=is_visitor, order=0)
    register_nav(_("Calls"), "calls:open", permission=reads_calls, order=20, also=("calls:call",))
    register_nav(_("Calls"), "calls:desk_list", permission=works_on_calls, order=20, also=("calls:open", "calls:call"))
