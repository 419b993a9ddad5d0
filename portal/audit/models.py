"""One event of the chain, for reading. Rows are written by `record` alone; the database numbers and chains them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.audit.querysets import EventQuerySet


class Event(models.Model):
    """What happened, when, by whom (role and opaque id) and to what; no name, e-mail or free text."""

    seq = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("moment"))
    actor = models.TextField(_("by"))
    verb = models.TextField(_("event"))
    object = models.TextField(_("object"))
    data = models.JSONField(_("facts"), default=dict)
    payload = models.TextField(_("hashed text"))
    prev = models.BinaryField(_("fingerprint before"))
    hash = models.BinaryField(_("fingerprint"))

    objects = EventQuerySet.as_manager()

    class Meta:
        db_table = "audit_event"
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["object", "seq"], name="audit_event_by_object")]

    def __str__(self) -> str:
        return f"{self.seq}. {self.verb} {self.object}"

    @property
    def fingerprint(self) -> str:
        """The hash of this event in hexadecimal figures."""
        return bytes(self.hash).hex()
