"""Ways to read the mail log."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from portal.core.claims import ClaimedQuerySet
from portal.mail.registry import visibility_rules

if TYPE_CHECKING:
    from portal.mail.models import OutgoingMail  # noqa: F401


class OutgoingMailQuerySet(ClaimedQuerySet["OutgoingMail"]):
    """Verbs over mails; those of a job come from ClaimedQuerySet."""

    def visible_to(self, user: Any) -> Self:
        """A person's own mails, and those that a registered rule opens; nothing for a visitor."""
        if not user.is_authenticated:
            return self.none()
        opened = [rule(user) for rule in visibility_rules()]
        # A rule without a condition opens every row; joined by OR it would vanish.
        if not all(opened):
            return self.all()
        return self.filter(reduce(or_, opened, Q(to=user.email.lower())))

    def newest_first(self, *, before: int | None = None) -> Self:
        """From the newest to the oldest; with `before`, only those posted earlier than that mail."""
        rows = self.order_by("-pk")
        return rows if before is None else rows.filter(pk__lt=before)

    def for_the_list(self) -> Self:
        """Without the bodies, which a list never shows."""
        return self.defer("text_body", "html_body")
