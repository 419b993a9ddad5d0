"""The same text on many files: reasons must be each file's own. Compares; the refusal itself is a problem of readiness."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from calls.models import Call
from portal.core.exceptions import Problem
from reviews.choices import SAME_TEXT_MAXIMUM, DraftState
from reviews.models import Decision, DraftDecision

# The file, by its id, and a text that gives its reasons.
Reasons = Sequence[tuple[int, str]]


def repeated_text(new: Reasons, standing: Reasons = (), *, anchor: str = "") -> list[Problem]:
    """No text of the new ones stands on more than five files, counted with those that stand already.

    Spaces and capitals make no difference.
    """
    files = defaultdict(set)
    for file, text in [*new, *standing]:
        files[_normalised(text)].add(file)
    most = max((len(files[_normalised(text)]) for _file, text in new if text.strip()), default=0)
    if most <= SAME_TEXT_MAXIMUM:
        return []
    sentence = _("The same text stands on %(count)s files. Reasons must be each file’s own.")
    return [Problem("same_text", sentence % {"count": most}, anchor)]


def standing_reasons(call: Call) -> list[tuple[int, str]]:
    """The reasons of the standing decisions of the call, and of refusals that await the head of unit; two queries."""
    columns = ("application", "line__conclusion", "line__amount_reason", "draft__conclusion")
    decisions = Decision.objects.filter(application__call=call, replaced_by__isnull=True)
    waiting = DraftDecision.objects.filter(application__call=call, state=DraftState.PREPARED)
    return [*_told(decisions, *columns), *_told(waiting, "application", "conclusion")]


def _told(rows: QuerySet[Decision] | QuerySet[DraftDecision], *columns: str) -> list[tuple[int, str]]:
    return [(file, text) for file, *texts in rows.values_list(*columns) for text in texts if text]


def _normalised(text: str) -> str:
    return " ".join(text.split()).casefold()
