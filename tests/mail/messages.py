"""Messages for these tests: the two that the portal sends, with a title that tries everything."""

from datetime import UTC, datetime
from typing import Any

from portal.mail.services import Message

AWKWARD = '<script>alert(1)</script> & "Zon"\r\nBcc: evil@example.org {{ 7|add:7 }}'

RECEIPT = {
    "application_title": AWKWARD,
    "call_title": "Zuid 2027",
    "reference": "SUD2027 D-002",
    "received_at": datetime(2027, 3, 12, 15, 8, 7, tzinfo=UTC),
    "receipt_number": "SUD2027-D-002-R1",
    "verify_url": "https://portal.example.org/verify/K7QM4D2X9R/",
    "page_url": "https://portal.example.org/nl/applications/SUD2027-D-002/submitted/",
}
DECISION = {
    **{name: RECEIPT[name] for name in ("application_title", "call_title", "reference", "verify_url", "page_url")},
    "outcome": "rejected",
    "decision_number": "SUD2027-2027-0004",
}


def receipt(**changes: Any) -> Message:
    told = {
        "key": "receipt:D-002:1",
        "to": ["amina@example.org"],
        "language": "nl",
        "template": "applications/receipt",
        "context": RECEIPT,
        "about": "application:0d5f",
        "call_reference": "SUD2027",
    }
    return Message(**(told | changes))


def decision(**changes: Any) -> Message:
    return receipt(**({"key": "decision:4", "template": "reviews/decision_notified", "context": DECISION} | changes))
