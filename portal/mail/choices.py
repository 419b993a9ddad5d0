"""What a mail's state is called on a page, and which tag it wears."""

from django.utils.translation import pgettext_lazy

from portal.core.claims import JobState

STATES = {
    JobState.REQUESTED: (pgettext_lazy("mail", "Not yet sent"), "info"),
    JobState.CLAIMED: (pgettext_lazy("mail", "Being sent"), "info"),
    JobState.READY: (pgettext_lazy("mail", "Sent"), "ok"),
    JobState.FAILED: (pgettext_lazy("mail", "Could not be sent"), "stop"),
}
