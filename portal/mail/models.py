"""One mail to one address, as it was written and what became of it."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.claims import Claimed, JobState
from portal.mail.choices import STATES
from portal.mail.querysets import OutgoingMailQuerySet


class OutgoingMail(Claimed):
    """A mail row is made in the transaction of the act that it reports, and is sent afterwards, once."""

    # A mail server may be away for hours: eight attempts with growing pauses last more than two hours.
    MOST_ATTEMPTS = 8

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(
        _("key"), max_length=400, unique=True, help_text=_("Says what this mail is: never sent twice.")
    )
    to = models.EmailField(_("to"), max_length=320)
    language = models.CharField(_("language"), max_length=2)
    template = models.CharField(_("template"), max_length=100)
    subject = models.CharField(_("subject"), max_length=300)
    text_body = models.TextField(_("text"))
    html_body = models.TextField(_("text with layout"), blank=True)
    about = models.CharField(_("about"), max_length=100, blank=True)
    call_reference = models.CharField(_("call"), max_length=40, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta(Claimed.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            *Claimed.Meta.constraints,
            models.CheckConstraint(
                name="a_mail_has_a_subject_on_one_line",
                condition=~Q(subject="") & ~Q(subject__contains="\n") & ~Q(subject__contains="\r"),
                violation_error_message=_("A mail has a subject on one line."),
            ),
        ]
        indexes = [
            *Claimed.Meta.indexes,
            models.Index(fields=["to", "-id"], name="mail_by_recipient"),
            models.Index(fields=["call_reference", "-id"], name="mail_by_call"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def audit_name(self) -> str:
        return f"mail:{self.public_id}"

    @property
    def state_label(self) -> str:
        """The state in words, for a page."""
        return str(STATES[JobState(self.job_state)][0])

    @property
    def state_tag(self) -> str:
        """Which status tag the state wears."""
        return STATES[JobState(self.job_state)][1]

    @property
    def message_id(self) -> str:
        """The same at every attempt, so that a mail server or a reader can recognise a second copy."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        return f"<{hashlib.sha256(self.key.encode()).hexdigest()[:40]}@{domain}>"
