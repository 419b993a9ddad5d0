"""Paper applications for several tests: what Olga reads on the paper, with a real scan."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from applications.models import Application
from applications.services import PaperApplication, register_paper_application
from calls.models import Call
from portal.files.models import StoredFile
from portal.files.services import store_bytes
from portal.organisations.services import NewOrganisation
from tests import factories
from tests.files.samples import pdf

NEW = NewOrganisation(
    name="Voorbeeld Papier vzw",
    enterprise_number="0403.019.261",
    street="Voorbeeldstraat 1",
    postcode="1000",
    city="Brussel",
)


def scan() -> StoredFile:
    """The scan as it is stored."""
    return store_bytes(pdf(), "application/pdf")


def paper(call: Call, **changes: Any) -> PaperApplication:
    """What the paper says."""
    told: dict[str, Any] = {
        "title": "Gedeeld textielatelier",
        "language": "nl",
        "track": call.tracks.get(code="B"),
        "lot": call.lots.get(code="L3"),
        "amount": Decimal("38000.00"),
        "received_at": min(call.closes_at, timezone.now()) - timedelta(hours=1),
        "scan": scan(),
        "scan_name": "scan-aanvraag.pdf",
    }
    return PaperApplication(**{**told, **changes})


def entered(call: Call, *, by: str = "olga", organisation: Any = NEW, **changes: Any) -> Application:
    """The paper application is in the portal."""
    return register_paper_application(
        call_id=call.pk, by=factories.person(by), organisation=organisation, paper=paper(call, **changes)
    )
