"""Words that the accounts code branches on."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a person is appointed to. Auditors hold a mandate and applicants a membership instead."""

    OFFICER = "officer", pgettext_lazy("role", "Officer")
    REVIEWER = "reviewer", pgettext_lazy("role", "Reviewer")
    UNIT_HEAD = "unit_head", pgettext_lazy("role", "Head of unit")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")


class Language(models.TextChoices):
    """The languages in which the service writes to people."""

    FRENCH = "fr", pgettext_lazy("language", "French")
    DUTCH = "nl", pgettext_lazy("language", "Dutch")


# In the audit chain an actor is named by one role: the one with most authority.
BY_AUTHORITY = [Role.UNIT_HEAD, Role.OFFICER, Role.REVIEWER, Role.ADMINISTRATOR]
STAFF = {Role.OFFICER, Role.UNIT_HEAD}
