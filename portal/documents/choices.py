"""Words that the documents code branches on: kinds of letters, outcomes, languages of letters."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """A kind names its template too: templates/documents/<kind, with slashes for dots>.html."""

    RECEIPT = "applications.receipt", pgettext_lazy("document", "Acknowledgement of receipt")
    CORRECTION_REQUEST = "reviews.correction_request", pgettext_lazy("document", "Request for correction")
    CALL_CANCELLED = "applications.call_cancelled", pgettext_lazy("document", "Notice that the call is cancelled")
    INADMISSIBLE = "reviews.inadmissible", pgettext_lazy("document", "Decision of inadmissibility")
    INELIGIBLE = "reviews.ineligible", pgettext_lazy("document", "Decision of ineligibility")
    AWARD = "reviews.award", pgettext_lazy("document", "Award decision")
    REJECTION = "reviews.rejection", pgettext_lazy("document", "Rejection decision")
    RESERVE = "reviews.reserve", pgettext_lazy("document", "Reserve list decision")


DECISIONS = {Kind.AWARD, Kind.REJECTION, Kind.RESERVE, Kind.INADMISSIBLE, Kind.INELIGIBLE}

# A receipt is due within a minute, and so is a request that has a due date; a notice of cancellation says what is
# public already; a refusal at the door concerns one file and waits for no other. The decisions of a ranked list wait
# until the head of unit releases the whole batch.
RELEASED_WHEN_READY = {
    Kind.RECEIPT,
    Kind.CORRECTION_REQUEST,
    Kind.CALL_CANCELLED,
    Kind.INADMISSIBLE,
    Kind.INELIGIBLE,
}
# Refusals at the door, before anything was scored.
UNSCORED = {Kind.INADMISSIBLE, Kind.INELIGIBLE}


class Outcome(models.TextChoices):
    """What a decision decides, in the words of the public verification page; a receipt decides nothing."""

    NONE = "", pgettext_lazy("outcome", "No decision")
    AWARDED = "awarded", pgettext_lazy("outcome", "Grant awarded")
    ON_RESERVE = "on_reserve", pgettext_lazy("outcome", "On the reserve list")
    REJECTED = "rejected", pgettext_lazy("outcome", "Application rejected")
    INADMISSIBLE = "inadmissible", pgettext_lazy("outcome", "Application inadmissible")
    INELIGIBLE = "ineligible", pgettext_lazy("outcome", "Application ineligible")


class Language(models.TextChoices):
    """A letter is written in the language of its file."""

    FRENCH = "fr", pgettext_lazy("language", "French")
    DUTCH = "nl", pgettext_lazy("language", "Dutch")
