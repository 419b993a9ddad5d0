"""Words that the documents code branches on: kinds of letters, outcomes, languages of letters."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """A kind names its template too: templates/documents/<kind, with slashes for dots>.html."""

    RECEIPT = "applications.receipt", pgettext_lazy("document", "Acknowledgement of receipt")
    AWARD = "reviews.award", pgettext_lazy("document", "Award decision")
    REJECTION = "reviews.rejection", pgettext_lazy("document", "Rejection decision")


DECISIONS = {Kind.AWARD, Kind.REJECTION}

# A receipt is due within a minute; a decision waits until the head of unit releases the whole batch.
RELEASED_WHEN_READY = {Kind.RECEIPT}


class Outcome(models.TextChoices):
    """What a decision decides, in the words of the public verification page; a receipt decides nothing."""

    NONE = "", pgettext_lazy("outcome", "No decision")
    AWARDED = "awarded", pgettext_lazy("outcome", "Grant awarded")
    REJECTED = "rejected", pgettext_lazy("outcome", "Application rejected")


class Language(models.TextChoices):
    """A letter is written in the language of its file."""

    FRENCH = "fr", pgettext_lazy("language", "French")
    DUTCH = "nl", pgettext_lazy("language", "Dutch")
