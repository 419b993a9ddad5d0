"""What an auditor can read, and until when. Nothing waits for an auditor."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.core.dates import long_moment
from portal.dashboard.groups import Group, Line


def for_auditor(user: Any) -> list[Group]:
    """The mandate in words, and the pages that it opens."""
    mandate, language = user.mandate_now, get_language() or "fr"
    shown = {"first": long_moment(mandate.starts_at, language), "last": long_moment(mandate.ends_at, language)}
    calls = ", ".join(mandate.call_references) or _("all calls")
    years = ", ".join(map(str, mandate.years)) or _("all years")
    lines = [
        Line(_("Register of documents"), reverse("documents:register"), _("Every letter that was sealed.")),
        Line(_("Event chain"), reverse("audit:chain"), _("Every act, in its order, and whether the chain holds.")),
        Line(pgettext("applications", "Files"), reverse("reviews:work_list"), _("Files of the calls in your mandate.")),
        Line(
            _("Calls"),
            reverse("calls:desk_list"),
            _("Calls of your mandate: calls %(calls)s; years %(years)s.") % {"calls": calls, "years": years},
        ),
    ]
    note = _("From %(first)s until %(last)s. You read; you change nothing.") % shown
    return [Group(_("Your mandate"), lines, note=note)]
