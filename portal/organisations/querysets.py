"""Questions about organisations and memberships."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from portal.organisations.choices import MemberRole

if TYPE_CHECKING:
    from portal.organisations.models import Organisation  # noqa: F401


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Verbs over organisations."""

    def visible_to(self, user: Any) -> Self:
        """Members see their own organisations."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user)

    def with_signatory(self) -> Self:
        """Somebody signs for it and can sign in: letters reach it by mail and on its pages."""
        return self.filter(self._signs())

    def without_signatory(self) -> Self:
        """Nobody signs for it who can sign in: letters go by post."""
        return self.filter(~self._signs())

    def _signs(self) -> models.Exists:
        memberships: Any = self.model._meta.get_field("memberships").related_model
        owners = memberships.objects.filter(role=MemberRole.OWNER, user__is_active=True)
        return models.Exists(owners.filter(organisation=models.OuterRef("pk")))

    def locked(self) -> Self:
        """The rows are held until the end of the transaction (the maximum of applications is counted under it)."""
        return self.select_for_update(of=("self",))
