"""Words that the organisations code branches on."""

from django.db import models
from django.utils.translation import pgettext_lazy


class LegalForm(models.TextChoices):
    """The Belgian legal forms without profit that apply."""

    ASBL = "asbl", pgettext_lazy("legal form", "non-profit association")
    AISBL = "aisbl", pgettext_lazy("legal form", "international non-profit association")
    FOUNDATION = "foundation", pgettext_lazy("legal form", "foundation of public benefit")


class MemberRole(models.TextChoices):
    """What a member may do for the organisation."""

    OWNER = "owner", pgettext_lazy("membership", "Signatory")
    MEMBER = "member", pgettext_lazy("membership", "Member")
