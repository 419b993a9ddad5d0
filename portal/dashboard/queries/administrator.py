"""What an administrator looks after: letters and mails that could not be made or sent, and the people."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.claims import JobState
from portal.dashboard.groups import Group, Line, whole
from portal.documents.models import Document
from portal.mail.models import OutgoingMail


def for_administrator() -> list[Group]:
    """Failed jobs first, then the list of people; numbers only, no content of any file."""
    return [_failed_jobs(), _people()]


def _failed_jobs() -> Group:
    documents = Document.objects.filter(job_state=JobState.FAILED).count()
    mails = OutgoingMail.objects.filter(job_state=JobState.FAILED).count()
    lines = []
    if documents:
        words = ngettext("%(number)s document failed", "%(number)s documents failed", documents)
        lines.append(Line(words % {"number": documents}, reverse("jobs"), "", _("Failed"), "stop"))
    if mails:
        words = ngettext("%(number)s mail failed", "%(number)s mails failed", mails)
        lines.append(Line(words % {"number": mails}, reverse("jobs"), "", _("Failed"), "stop"))
    return whole(_("Failed jobs"), lines)


def _people() -> Group:
    lines = [
        Line(_("People"), reverse("people"), _("Who holds which role, in which unit, since when and until when.")),
        Line(_("Jobs"), reverse("jobs"), _("Documents and mails that are not ready.")),
    ]
    return whole(_("To look after"), lines)
