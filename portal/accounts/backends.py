"""Who a session belongs to. Signing in itself is allauth's."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from portal.accounts.models import User
from portal.accounts.querysets import UserQuerySet


class SessionBackend(AuthenticationBackend):
    """Reads with the person of a session what they hold: most hold little, and are not asked twice."""

    def get_user(self, user_id: Any) -> User | None:
        """The active person of this id, read afresh at every request."""
        person = _people().filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None


@cache
def _people() -> UserQuerySet:
    """Put together once, not at every request; nobody is read yet."""
    return User.objects.with_posts_known()
