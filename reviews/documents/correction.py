"""The request for correction as data; how it looks is said in its template."""

from django.utils import translation

from applications.choices import State
from applications.documents import letter_head
from applications.models import Correction
from portal.core.dates import BRUSSELS
from portal.documents.registry import Content


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
            "is_in_review": application.correction_from == State.IN_REVIEW,
            "has_account": application.organisation.memberships.exists(),
            "points": [
                {"code": point.item.code, "rule": point.item.text, "missing": point.missing, "accepted": point.accepted}
                for point in correction.points.select_related("item")
            ],
            "opened": [
                *(f"{annex.code}. {annex.title}" for annex in correction.annexes.all()),
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
