"""The same text on many files: reasons must be each file's own. Compares; the refusal itself is a problem of readiness."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from calls.models import Call
from portal.core.exceptions import Problem
from reviews.choices import SAME_TEXT_MAXIMUM, DraftState
from reviews.models import Decision, DraftDecision, ProposalLine

# The file, by its id, and a text that gives its reasons.
Reasons = Sequence[tuple[int, str]]


def repeated_text(new: Reasons, standing: Callable[[], Reasons], *, anchor: str = "") -> list[Problem]:
    """No text of the new ones stands on more than five files, counted with those that stand already.

    Spaces and capitals make no difference. What stands is asked for only where there is something to compare.
    """
    written = [(file, _normalised(text)) for file, text in new if text.strip()]
    if not written:
        return []
    files = defaultdict(set)
    for file, text in [*written, *((file, _normalised(text)) for file, text in standing())]:
        files[text].add(file)
    most = max(len(files[text]) for _file, text in written)
    if most <= SAME_TEXT_MAXIMUM:
        return []
    sentence = _("The same text stands on %(count)s files. Reasons must be each file’s own.")
    return [Problem("same_text", sentence % {"count": most}, anchor)]


def standing_reasons(call: Call) -> list[tuple[int, str]]:
    """The reasons of the standing decisions of the call, and of refusals that await the head of unit; one query."""
    standing = Decision.objects.filter(application__call=call).standing().not_replaced()
    lines = ProposalLine.objects.filter(decision__in=standing).order_by()
    refusals = DraftDecision.objects.filter(application__call=call).exclude(state=DraftState.RETURNED).order_by()
    at_the_door = refusals.values_list("application", "conclusion")
    told = at_the_door.union(*(lines.values_list("application", text) for text in ("conclusion", "amount_reason")))
    return list(told)


def _normalised(text: str) -> str:
    return " ".join(text.split()).casefold()
