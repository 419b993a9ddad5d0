"""When the reviews of a file are complete: asked by every service after which nothing may be awaited any more."""

from applications.choices import State
from applications.models import Application
from reviews.readiness import missing_before_reviewed


def complete_review_if_done(application: Application) -> bool:
    """The file is reviewed when its last awaited review is; the caller holds it, and records it when True."""
    if application.state != State.IN_REVIEW or missing_before_reviewed(application):
        return False
    application.complete_review()
    application.save(update_fields=["state"])
    return True
