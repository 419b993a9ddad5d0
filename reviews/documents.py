"""The letters of the assessment as data; how they look is said in their templates."""

from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from applications.documents import letter_head
from applications.models import Correction
from portal.codelists.models import LegalText
from portal.core.dates import BRUSSELS
from portal.core.exceptions import NotReady, Problem
from portal.core.money import split_instalments
from portal.documents.registry import Content, register_builder
from reviews.choices import Outcome
from reviews.models import Decision
from reviews.points import CriterionResult, Result, result_of, shown


def decision(made: Decision) -> Content:
    """The whole reasoned decision: facts, law, scores with reasons, conclusion, appeal."""
    application = made.application
    with translation.override(application.language):
        data = {**letter_head(application), **_act(made), **_judgement(made, result_of(application))}
    return Content(
        number=made.number,
        title=application.title,
        about=application.audit_name,
        call_reference=application.call.reference,
        year=made.decided_at.astimezone(BRUSSELS).year,
        party=application.organisation.name,
        outcome=str(made.outcome),
        amount=made.amount if made.outcome == Outcome.AWARDED else None,
        data=data,
    )


def _act(made: Decision) -> dict[str, Any]:
    application, call = made.application, made.application.call
    return {
        "number": made.number,
        "issued_at": made.decided_at,
        "decided_at": made.decided_at,
        "outcome": str(made.outcome),
        "amount_requested": made.line.amount_requested,
        "amount_granted": made.amount,
        "period": {"start_on": application.starts_on, "months": application.duration},
        "instalments": _instalments(made.amount, call.first_instalment),
        "legal_bases": [{"title": basis.title, "reference": basis.reference} for basis in call.legal_bases.all()],
        "steps": _steps(made),
        "location": _("Brussels"),
        "signatory_role": _("The head of unit"),
        "prepared_by_role": _("Officer in charge of the file"),
        "conditions": [condition.text for condition in call.conditions.all()],
        "appeal_notice": _appeal_notice(made),
    }


def _judgement(made: Decision, result: Result) -> dict[str, Any]:
    lines = made.line.proposal.lines
    funded = lines.filter(outcome=Outcome.AWARDED).order_by("-rank").first()
    return {
        "scores": [_score(row) for row in result.criteria],
        "total": shown(result.total),
        "threshold": made.application.call.pass_mark,
        "rank": made.line.rank,
        "ranked_count": lines.count(),
        "last_funded_total": funded.points if funded else None,
        "reviewers_count": result.reviewers_count,
        "conclusion": made.line.conclusion,
    }


def _score(row: CriterionResult) -> dict[str, Any]:
    return {
        "code": row.criterion.code,
        "title": row.criterion.title,
        "weight": row.criterion.weight,
        "mean": shown(row.mean),
        "points": shown(row.points),
        "minimum_points": shown(row.minimum) if row.minimum is not None else None,
        "is_below": row.is_below,
        "reasons": row.reasons,
    }


def _instalments(grant: Decimal, first_percent: Decimal) -> list[dict[str, Any]]:
    if not grant:
        return []
    shares = [first_percent, 100 - first_percent]
    amounts = split_instalments(grant, shares)
    return [{"percent": share, "amount": amount} for share, amount in zip(shares, amounts, strict=True)]


def _steps(made: Decision) -> list[dict[str, Any]]:
    application = made.application
    steps = [
        (_("Application received"), application.submitted_at),
        (_("Assessment of the call opened"), application.call.assessment_opened_at),
        (_("Ranked list frozen and proposed"), made.line.proposal.frozen_at),
        (_("Decision taken"), made.decided_at),
    ]
    return [{"label": label, "at": at} for label, at in steps]


def _appeal_notice(made: Decision) -> dict[str, Any]:
    notice = LegalText.objects.version_in_force("appeal_notice", made.decided_at.date())
    if notice is None:
        raise NotReady([Problem("no_notice", _("No appeal notice is in force: no decision can be issued without it."))])
    return {"version": notice.version, "text": notice.text}


def correction_request(correction: Correction) -> Content:
    """What is missing in the words of the rule, what is accepted, what may be changed, and until when."""
    application = correction.application
    with translation.override(application.language):
        data = {
            **letter_head(application),
            "number": correction.number,
            "issued_at": correction.requested_at,
            "due_at": correction.due_at,
            "channel": application.channel,
            "has_account": application.organisation.memberships.exists(),
            "points": [
                {"code": point.item.code, "rule": point.item.text, "missing": point.missing, "accepted": point.accepted}
                for point in correction.points.select_related("item")
            ],
            "opened": [
                *(f"{annex.code} – {annex.title}" for annex in correction.annexes.all()),
                *(question.label for question in correction.questions.all()),
            ],
        }
    return Content(
        number=correction.number,
        title=application.title,
        about=application.audit_name,
        call_reference=application.call.reference,
        year=correction.requested_at.astimezone(BRUSSELS).year,
        party=application.organisation.name,
        outcome="",
        amount=None,
        data=data,
    )


def register() -> None:
    """Tell the documents app how the letters of the assessment are built."""
    register_builder("reviews.correction_request", correction_request)
    register_builder("reviews.award", decision)
    register_builder("reviews.rejection", decision)
