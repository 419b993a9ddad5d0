"""Award, reserve and rejection as data: the decisions of a ranked list. How they look is said in their templates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from applications.documents import letter_head
from portal.core.money import split_instalments
from portal.documents.registry import Content
from reviews.choices import Outcome
from reviews.documents.common import act, content_of
from reviews.models import Decision, ProposalLine
from reviews.points import CriterionResult, Result, reasons_of, result_of, shown

# Criterion id to what each review says on it.
Reasons = Mapping[int, list[str]]


def decision(made: Decision) -> Content:
    """The whole reasoned decision: facts, law, scores with reasons, conclusion, appeal."""
    application = made.application
    with translation.override(application.language):
        line = _line_of(made)
        data = {
            **letter_head(application),
            **act(made, _steps(made, line)),
            **_amounts(made, line),
            **_judgement(made, line, result_of(application), reasons_of(application)),
            "replaces": _replaced(made),
            **_final_outside(line),
        }
        if made.outcome == Outcome.ON_RESERVE:
            data |= _reserve(line)
    return content_of(made, data)


def _line_of(made: Decision) -> ProposalLine:
    if made.line is None:
        raise ValueError("A decision of a ranked list has its line.")
    return made.line


def _amounts(made: Decision, line: ProposalLine) -> dict[str, Any]:
    application = made.application
    return {
        "amount_requested": line.amount_requested,
        "amount_granted": made.amount,
        "difference_reason": line.amount_reason,
        "period": {"start_on": application.starts_on, "months": application.duration},
        "instalments": _instalments(made.amount, application.call.first_instalment),
        "conditions": [condition.text for condition in application.call.conditions.all()],
    }


def _judgement(made: Decision, line: ProposalLine, result: Result, reasons: Reasons) -> dict[str, Any]:
    ranked = _ranked_line(made, line)
    lines, unranked = ranked.proposal.lines, ranked.proposal.unranked
    funded = lines.filter(outcome=Outcome.AWARDED).order_by("-rank")
    last = funded.first()
    return {
        "scores": [_score(row, reasons.get(row.criterion.pk, [])) for row in result.criteria],
        "total": shown(result.total),
        "threshold": made.application.call.pass_mark,
        "rank": None if made.application.reference in unranked else ranked.rank,
        "ranked_count": lines.count() - len(unranked),
        "funded_count": funded.count(),
        "last_funded_total": last.points if last else None,
        "reviewers_count": result.reviewers_count,
        "tie_reason": ranked.tie_reason,
        "conclusion": line.conclusion,
    }


def _ranked_line(made: Decision, line: ProposalLine) -> ProposalLine:
    """The line of the list in which the file was ranked; a file lifted from the reserve keeps its rank there."""
    return _line_of(made.replaces) if made.replaces is not None else line


def _reserve(line: ProposalLine) -> dict[str, Any]:
    return {"reserve_order": line.reserve_order, "reserve_until_on": line.reserve_until}


def _final_outside(line: ProposalLine) -> dict[str, Any]:
    """Where external steps applied: what each authority answered, and the day on which the last one made it final."""
    steps = line.proposal.steps.select_related("step")
    if not steps:
        return {"opinions": []}
    opinions = [
        {"name": row.step.name, "given_on": row.given_on, "reference": row.reference, "signatory": row.signatory}
        for row in steps
    ]
    return {"opinions": opinions, "issued_at": line.proposal.granted_at}


def _replaced(made: Decision) -> dict[str, Any] | None:
    if made.replaces is None:
        return None
    return {"number": made.replaces.number, "decided_at": made.replaces.decided_at}


def _score(row: CriterionResult, reasons: list[str]) -> dict[str, Any]:
    return {
        "code": row.criterion.code,
        "title": row.criterion.title,
        "weight": row.criterion.weight,
        "mean": shown(row.mean),
        "points": shown(row.points),
        "minimum_points": shown(row.minimum) if row.minimum is not None else None,
        "is_below": row.is_below,
        "reasons": reasons,
    }


def _instalments(grant: Decimal, first_percent: Decimal) -> list[dict[str, Any]]:
    if not grant:
        return []
    shares = [first_percent, 100 - first_percent]
    amounts = split_instalments(grant, shares)
    return [{"percent": share, "amount": amount} for share, amount in zip(shares, amounts, strict=True)]


def _steps(made: Decision, line: ProposalLine) -> list[tuple[str, Any]]:
    application = made.application
    steps = [
        (_("Application received"), application.submitted_at),
        (_("Assessment of the call opened"), application.call.assessment_opened_at),
    ]
    if made.replaces is None:
        steps.append((_("Ranked list frozen and proposed"), line.proposal.frozen_at))
    else:
        steps.append((_("Put on the reserve list"), made.replaces.decided_at))
        steps.append((_("Award proposed with the money that came free"), line.proposal.frozen_at))
    outside = list(line.proposal.steps.select_related("step"))
    if not outside:
        return [*steps, (_("Decision taken"), made.decided_at)]
    return [
        *steps,
        (_("Approved by the head of unit"), made.decided_at),
        (_("Transmitted for opinion"), line.proposal.transmitted_on),
        *((str(row.step.name), row.given_on) for row in outside),
    ]
