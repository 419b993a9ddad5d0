"""What every decision says, whatever it decides: the law, the steps, the signatory, the appeal."""

from typing import Any

from django.utils.translation import gettext as _

from portal.codelists.models import LegalText
from portal.core.dates import BRUSSELS
from portal.core.exceptions import NotReady, Problem
from portal.documents.registry import Content
from reviews.choices import Outcome
from reviews.models import Decision


def content_of(made: Decision, data: dict[str, Any]) -> Content:
    """The letter of this decision, with these facts."""
    application = made.application
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


def act(made: Decision, steps: list[tuple[str, Any]]) -> dict[str, Any]:
    """Number, moment, grounds in law, facts with their dates, who prepared and signs, how to appeal."""
    call = made.application.call
    return {
        "number": made.number,
        "issued_at": made.decided_at,
        "decided_at": made.decided_at,
        "outcome": str(made.outcome),
        "legal_bases": [{"title": basis.title, "reference": basis.reference} for basis in call.legal_bases.all()],
        "steps": [{"label": label, "at": at} for label, at in steps if at is not None],
        "location": _("Brussels"),
        "signatory_role": _("The head of unit"),
        "prepared_by_role": _("Officer in charge of the file"),
        "by_post": made.application.is_told_by_post,
        "appeal_notice": _appeal_notice(made),
    }


def _appeal_notice(made: Decision) -> dict[str, Any]:
    notice = LegalText.objects.version_in_force("appeal_notice", made.decided_at.date())
    if notice is None:
        raise NotReady([Problem("no_notice", _("No appeal notice is in force: no decision can be issued without it."))])
    return {"version": notice.version, "text": notice.text}
