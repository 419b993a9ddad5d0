"""The one gate: who may do what, and who sees what. The rules themselves live in each app's permissions module."""

from typing import Any, TypeVar

import rules
from django.db import models
from django.http import Http404

from portal.core.exceptions import NotAllowed

M = TypeVar("M", bound=models.Model)


def may(user: Any, permission: str, on: models.Model | None = None) -> bool:
    """Whether `user` holds `permission`, on one object if given. An unknown permission is an error, never a yes.

    The rules are asked directly: `User.has_perm` would say yes to a superuser without looking.
    """
    if not rules.perm_exists(permission):
        raise KeyError(f"No rule is called {permission!r}.")
    allowed: bool = rules.has_perm(permission, user, on)
    return allowed


def require(by: Any, permission: str, on: models.Model | None = None) -> None:
    """Return silently when `by` holds `permission`; raise NotAllowed (403) otherwise."""
    if not may(by, permission, on):
        raise NotAllowed(permission)


def visible_or_404(source: "type[M] | models.QuerySet[M]", user: Any, **lookup: Any) -> M:
    """The one object that `lookup` names among those `user` may see; an unseen one does not exist (404)."""
    rows: Any = source if isinstance(source, models.QuerySet) else source._default_manager.all()
    try:
        found: M = rows.visible_to(user).get(**lookup)
    except rows.model.DoesNotExist as nothing:
        raise Http404("Nothing here.") from nothing
    return found
