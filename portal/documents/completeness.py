"""What a letter may not leave without (docs/process.md, section 8). Filling it in is the work of the apps above."""

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.exceptions import Problem
from portal.documents.choices import DECISIONS, UNSCORED, Kind

EVERY_LETTER = {
    "unit.name": gettext_lazy("the service"),
    "contact.email": gettext_lazy("the contact"),
    "call.reference": gettext_lazy("the call"),
    "application.reference": gettext_lazy("the reference of the application"),
    "applicant.name": gettext_lazy("the applicant"),
    "number": gettext_lazy("the number of the letter"),
    "issued_at": gettext_lazy("the date of the letter"),
}
# Law of 29 July 1991 on formal reasons: a decision says its grounds in law and in fact, and who decides.
EVERY_DECISION: dict[str, Promise] = {
    "decided_at": gettext_lazy("the date of the decision"),
    "legal_bases": gettext_lazy("the legal bases"),
    "steps": gettext_lazy("the facts with their dates"),
    "location": gettext_lazy("the place of the decision"),
    "signatory_role": gettext_lazy("the signatory"),
    "appeal_notice.text": gettext_lazy("the notice of appeal"),
}
EVERY_SCORED_DECISION: dict[str, Promise] = {
    "scores": gettext_lazy("the score of each criterion"),
    "total": gettext_lazy("the total of points"),
    "threshold": gettext_lazy("the minimum of points"),
}
_REFUSAL_AT_THE_DOOR = {
    "items": gettext_lazy("the conditions that are not met"),
    "conclusion": gettext_lazy("the conclusion"),
}
BY_KIND = {
    Kind.RECEIPT: {
        "received_at": gettext_lazy("the moment of receipt"),
        "version": gettext_lazy("the version"),
        "version_sha256": gettext_lazy("the fingerprint of the version"),
        "amount_requested": gettext_lazy("the amount asked for"),
    },
    Kind.CORRECTION_REQUEST: {
        "due_at": gettext_lazy("the moment by which the answer is awaited"),
        "points": gettext_lazy("what is missing"),
        "opened": gettext_lazy("what may be changed"),
    },
    Kind.CALL_CANCELLED: {
        "cancelled_at": gettext_lazy("the moment of the cancellation"),
        "reason": gettext_lazy("the reason of the cancellation"),
    },
    Kind.AWARD: {
        "amount_granted": gettext_lazy("the amount granted"),
        "period.start_on": gettext_lazy("the start of the project"),
        "period.months": gettext_lazy("the length of the project"),
        "instalments": gettext_lazy("the instalments"),
    },
    Kind.REJECTION: {
        "amount_requested": gettext_lazy("the amount asked for"),
        "conclusion": gettext_lazy("the conclusion"),
    },
    Kind.RESERVE: {
        "amount_requested": gettext_lazy("the amount asked for"),
        "rank": gettext_lazy("the rank"),
        "reserve_order": gettext_lazy("the place on the reserve list"),
        "reserve_until_on": gettext_lazy("the last day of the reserve list"),
        "conclusion": gettext_lazy("the conclusion"),
    },
    Kind.INADMISSIBLE: _REFUSAL_AT_THE_DOOR,
    Kind.INELIGIBLE: _REFUSAL_AT_THE_DOOR,
}


def missing_before_request(kind: str, data: dict[str, Any]) -> list[Problem]:
    """Everything the letter must say and does not, in the order of the letter."""
    needed = {**EVERY_LETTER, **BY_KIND[Kind(kind)], **_of_a_decision(kind)}
    found = [_lacks(path, words) for path, words in needed.items() if _at(data, path) in (None, "", [], {})]
    return [
        *found,
        *_scores_without_reason(data.get("scores") or []),
        *(_items_without_reason(data.get("items") or []) if kind in UNSCORED else []),
        *(_difference_without_reason(data) if kind == Kind.AWARD else []),
        *(_place_among_the_others(kind, data) if kind in DECISIONS and kind not in UNSCORED else []),
    ]


def _of_a_decision(kind: str) -> dict[str, Promise]:
    if kind not in DECISIONS:
        return {}
    return EVERY_DECISION if kind in UNSCORED else {**EVERY_DECISION, **EVERY_SCORED_DECISION}


def _lacks(path: str, words: Promise) -> Problem:
    return Problem(f"letter-lacks-{path}", _("The letter cannot be made without %(what)s.") % {"what": words})


def _at(data: dict[str, Any], path: str) -> Any:
    """The value at a dotted path, None when the path leads nowhere."""
    value: Any = data
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _scores_without_reason(scores: list[dict[str, Any]]) -> list[Problem]:
    return [
        Problem("letter-lacks-reason", _("Criterion %(code)s has a score without a reason.") % {"code": score["code"]})
        for score in scores
        if not any(reason.strip() for reason in score.get("reasons", []))
    ]


def _items_without_reason(items: list[dict[str, Any]]) -> list[Problem]:
    """Each condition that is not met says why it is not, and why it was not cured."""
    without = _("Condition %(code)s has no reason.")
    uncured = _("Condition %(code)s does not say why it was not corrected.")
    found = []
    for item in items:
        if not str(item.get("reason") or "").strip():
            found.append(Problem("letter-lacks-reason", without % {"code": item["code"]}))
        if not str(item.get("not_cured") or "").strip():
            found.append(Problem("letter-lacks-cure", uncured % {"code": item["code"]}))
    return found


def _place_among_the_others(kind: str, data: dict[str, Any]) -> list[Problem]:
    """A file that reaches every minimum has its rank; who gets less than was asked reads how far the money went."""
    found = []
    is_below = any(score.get("is_below") for score in data.get("scores") or []) or _number(data, "total") < _number(
        data, "threshold"
    )
    if not is_below and data.get("rank") is None and kind != Kind.RESERVE:
        found.append(_lacks("rank", gettext_lazy("the rank")))
    gets_all = kind == Kind.AWARD and not _is_partial(data)
    if not gets_all and data.get("funded_count") and data.get("last_funded_total") is None:
        found.append(_lacks("last_funded_total", gettext_lazy("the points of the last project that receives a grant")))
    return found


def _number(data: dict[str, Any], name: str) -> Decimal:
    return Decimal(data.get(name) or 0)


def _is_partial(data: dict[str, Any]) -> bool:
    asked, granted = data.get("amount_requested"), data.get("amount_granted")
    return asked is not None and granted is not None and Decimal(granted) < Decimal(asked)


def _difference_without_reason(data: dict[str, Any]) -> list[Problem]:
    """A partial award, which grants less than was asked, says why."""
    if _is_partial(data) and not str(data.get("difference_reason") or "").strip():
        return [_lacks("difference_reason", gettext_lazy("the reason why less is granted than was asked"))]
    return []
