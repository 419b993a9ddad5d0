"""A letter that went by post: how, when and under which number, as an officer recorded it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.choices import SendingChannel
from portal.accounts.models import User
from portal.documents.models import Document


class Sending(models.Model):
    """One letter went once. It is the proof that somebody without an account was told."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="sending")
    channel = models.CharField(_("how it was sent"), max_length=20, choices=SendingChannel)
    sent_on = models.DateField(_("day of sending"))
    number = models.CharField(_("number of the registered letter"), max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sending by post")
        verbose_name_plural = _("sendings by post")
        constraints = [
            models.CheckConstraint(
                name="a_registered_letter_has_its_number",
                condition=~Q(channel=SendingChannel.REGISTERED) | ~Q(number=""),
                violation_error_message=_("Write the number of the registered letter."),
            )
        ]
        triggers = [pgtrigger.Protect(name="a_sending_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.document.number}: {self.get_channel_display()}"
