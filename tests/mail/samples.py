"""One message or more of every template: whatever a template says in one case or another is said by one of them."""

from datetime import UTC, datetime

from portal.mail.services import Message
from tests.mail import messages

MOMENT = datetime(2027, 3, 12, 15, 8, 7, tzinfo=UTC)
OUTCOMES = ("awarded", "on_reserve", "rejected", "inadmissible", "ineligible")

ABOUT = {
    **{name: messages.RECEIPT[name] for name in ("application_title", "call_title", "reference", "page_url")},
    "title": messages.AWKWARD,
}
CORRECTED = {**ABOUT, "number": 3, "closes_at": MOMENT, "reason": "Zon-1\nZon-2"}
CONTEXTS = {
    "accounts/password_reset": [{"page_url": "https://portal.example.org/nl/account/password/reset/key/8-a-b/"}],
    "applications/call_cancelled": [{**ABOUT, "reason": "Zon-1\nZon-2", "cancelled_at": MOMENT}],
    "applications/call_corrected": [{**CORRECTED, "is_later": True}, {**CORRECTED, "is_later": False}],
    "applications/correction_received": [messages.RECEIPT],
    "applications/receipt": [messages.RECEIPT],
    "applications/withdrawn": [{**ABOUT, "withdrawn_at": MOMENT}],
    "reviews/correction_requested": [
        {**ABOUT, "correction_number": "COR-1", "due_at": MOMENT, "verify_url": messages.RECEIPT["verify_url"]}
    ],
    "reviews/decision_notified": [{**messages.DECISION, "outcome": outcome} for outcome in OUTCOMES],
}


def samples_of(template: str, language: str) -> list[Message]:
    """The messages of this template in this language."""
    return [messages.receipt(template=template, context=context, language=language) for context in CONTEXTS[template]]
