"""What one line of a ranked list lacks, and what all its awards together may not pass. Writes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from applications.choices import Channel
from applications.models import Application
from calls.models import Call
from portal.core.exceptions import Problem
from portal.core.money import show_amount
from reviews.choices import Outcome
from reviews.ranking import Ranked


def missing_in_line(row: Ranked, conclusion: str, *, on: date) -> list[Problem]:
    """The outcome fits the points, the amount fits what was asked, and what must be written is written."""
    if row.outcome in (Outcome.AWARDED, Outcome.ON_RESERVE) and not row.result.passes:
        return [Problem("below", below_a_minimum(row), f"#id_conclusion_{row.application.pk}")]
    match row.outcome:
        case Outcome.AWARDED:
            return _in_award(row)
        case Outcome.ON_RESERVE:
            return [*_in_reserve(row, on), *_without_conclusion(row, conclusion)]
        case _:
            return _without_conclusion(row, conclusion)


def below_a_minimum(row: Ranked) -> str:
    """What is said to whoever would award such a file, or put it on reserve."""
    sentence = _("%(file)s does not reach every minimum: it can only be rejected.")
    return sentence % {"file": row.application.short_reference}


def unsettled_tie(tied: list[Ranked]) -> list[Problem]:
    """Each file of a tie has its own place among them, and the reason for it in writing."""
    places = {row.tie_place for row in tied}
    if None in places or len(places) < len(tied):
        shown = {"files": ", ".join(row.application.short_reference for row in tied)}
        sentence = _("%(files)s have the same points on all that decides: give each its own place among them.")
        return [Problem("tie", sentence % shown, f"#id_tie_place_{tied[0].application.pk}")]
    sentence = _("Write how the panel told %(file)s from the files with the same points.")
    return [_problem("tie_reason", sentence, row, "tie_reason") for row in tied if not row.tie_reason]


def missing_money(remaining: Decimal, wanted: Decimal) -> list[Problem]:
    """What is wanted is more than what is left."""
    if wanted <= remaining:
        return []
    sentence = _("Only %(left)s is left in the envelope; this proposal needs %(wanted)s.")
    return [Problem("envelope", sentence % {"left": _shown(remaining), "wanted": _shown(wanted)})]


def missing_period(file: Application) -> list[Problem]:
    """An award letter says from when to when the project runs; an application on paper may have left it open."""
    if not lacks_period(file):
        return []
    sentence = _("%(file)s came on paper without its start or its length: record them from the scan.")
    address = reverse("reviews:record_period", args=[file.reference])
    return [Problem("no_period", sentence % {"file": file.short_reference}, address)]


def lacks_period(file: Application) -> bool:
    """Came on paper, and the start or the length of the project is not known."""
    return file.channel == Channel.PAPER and not (file.starts_on and file.duration)


def beyond_grants_maximum(
    call: Call, awarded: Iterable[Application], *, earlier: Mapping[int, int] | None = None
) -> list[Problem]:
    """No applicant gets more grants than the call allows; `earlier`: organisation id to the grants it has already."""
    names, granted = dict[int, str](), Counter[int]()
    for file in awarded:
        names[file.organisation_id] = file.organisation.name
        granted[file.organisation_id] += 1
    sentence = _("%(name)s would receive %(count)s grants; this call allows %(most)s for each applicant.")
    return [
        Problem("grants", sentence % {"name": names[organisation], "count": count, "most": call.grants_maximum})
        for organisation, number in granted.items()
        if (count := number + (earlier or {}).get(organisation, 0)) > call.grants_maximum
    ]


def _in_award(row: Ranked) -> list[Problem]:
    if row.amount > row.requested:
        sentence = _("%(file)s asks %(asked)s: no more can be granted than was asked.")
        return [_problem("too_much", sentence, row, "amount", asked=_shown(row.requested))]
    if row.amount <= 0:
        return [_problem("no_amount", _("Write an amount above zero for %(file)s."), row, "amount")]
    if lacking := missing_period(row.application):
        return lacking
    if row.is_partial and not row.amount_reason:
        sentence = _("Write why %(file)s gets less than it asks.")
        return [_problem("no_amount_reason", sentence, row, "amount_reason")]
    return []


def _in_reserve(row: Ranked, on: date) -> list[Problem]:
    if row.reserve_until is not None and row.reserve_until >= on:
        return []
    return [_problem("until", _("The reserve of %(file)s must last until today or later."), row, "reserve_until")]


def _without_conclusion(row: Ranked, conclusion: str) -> list[Problem]:
    if conclusion.strip():
        return []
    if row.outcome == Outcome.ON_RESERVE:
        sentence = _("Write the conclusion for %(file)s: a place on the reserve list says why.")
    else:
        sentence = _("Write the conclusion for %(file)s: a rejection says why.")
    return [_problem("no_conclusion", sentence, row, "conclusion")]


def _problem(code: str, sentence: str, row: Ranked, field: str, **more: str) -> Problem:
    words = sentence % {"file": row.application.short_reference, **more}
    return Problem(code, words, f"#id_{field}_{row.application.pk}")


def _shown(amount: Decimal) -> str:
    return show_amount(amount, get_language() or "fr")
