"""Questions about organisations and memberships."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from portal.organisations.models import Organisation  # noqa: F401


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Verbs over organisations."""

    def visible_to(self, user: Any) -> Self:
        """Members see their own organisations."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user)

    def locked(self) -> Self:
        """The rows are held until the end of the transaction (the maximum of applications is counted under it)."""
        return self.select_for_update(of=("self",))
