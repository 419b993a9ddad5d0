"""The pages of the assessment in the main menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.gate import may
from portal.core.navigation import register_nav


def works_on_files(user: Any) -> bool:
    """Officers, heads of unit and auditors."""
    return may(user, "reviews.see_files")


def reviews_files(user: Any) -> bool:
    """Reviewers."""
    return may(user, "reviews.see_reviews")


def register() -> None:
    """Put files, own reviews and proposals in the menu."""
    also = tuple(f"reviews:{name}" for name in ("settle_doubt", "paper_calls", "paper", "post_list", "record_sending"))
    register_nav(_("Files"), "reviews:work_list", permission=works_on_files, order=30, also=also)
    register_nav(_("My reviews"), "reviews:my_reviews", permission=reviews_files, order=40)
    register_nav(_("Proposals"), "reviews:boards", permission=works_on_files, order=50, also=("reviews:promote",))
