"""The refusals at the door as data: inadmissible and ineligible. How they look is said in their templates."""

from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from applications.documents import letter_head
from portal.documents.choices import Kind
from portal.documents.models import Document
from portal.documents.registry import Content
from reviews.documents.common import act, content_of
from reviews.models import Decision, DraftDecision
from reviews.refusal import FailedItem, read_items


def refusal(made: Decision) -> Content:
    """The reasoned refusal: facts with dates, law, each failed item with its reason and why it was not cured."""
    draft = made.draft
    if draft is None:
        raise ValueError("A refusal at the door has its draft.")
    with translation.override(made.application.language):
        data = {
            **letter_head(made.application),
            **act(made, _steps(made, draft)),
            "items": [_item(item, draft) for item in read_items(draft.content)],
            "conclusion": draft.conclusion,
            "amount_requested": made.application.versions.order_by("-number")[0].amount_requested,
        }
    return content_of(made, data)


def _item(item: FailedItem, draft: DraftDecision) -> dict[str, Any]:
    return {"code": item.code, "text": item.text, "reason": item.reason, "not_cured": _why_not_cured(item, draft)}


def _why_not_cured(item: FailedItem, draft: DraftDecision) -> str:
    """The officer's own sentence where one was written, else what the rules of the call say by themselves."""
    if item.was_asked:
        return _("You were asked to correct this point; after the term that was given it is still not met.")
    if draft.why_not_cured:
        return draft.why_not_cured
    return "" if item.is_curable else _("The rules of the call do not allow this point to be corrected afterwards.")


def _steps(made: Decision, draft: DraftDecision) -> list[tuple[str, Any]]:
    application = made.application
    checked = application.screening_answers.aggregate(last=Max("answered_at"))["last"]
    asked = Document.objects.about(application.audit_name).filter(kind=Kind.CORRECTION_REQUEST).order_by("pk")
    return [
        (_("Application received"), application.submitted_at),
        (_("Assessment of the call opened"), application.call.assessment_opened_at),
        *((_("Correction asked for"), letter.requested_at) for letter in asked),
        (_("Conditions of admissibility and eligibility checked"), checked),
        (_("Refusal proposed to the head of unit"), draft.prepared_at),
        (_("Decision taken"), made.decided_at),
    ]
