"""An auditor reads what belongs to the calls of the mandate, of the years of the mandate, and nothing still sealed."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from applications.models import Application
from calls.models import Call
from portal.accounts.models import Mandate
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from reviews.desk import calls_on_the_desk, files_on_the_desk
from reviews.models import Assignment, Proposal
from tests import factories

pytestmark = pytest.mark.django_db

# The last half-hour of the year in London: the call closes in 2032, and everything about it was written long before.
CLOSES_AT, YEAR = datetime(2031, 12, 31, 23, 30, tzinfo=UTC), 2032
THIS_YEAR = timezone.localdate().year

KINDS = {
    "calls of the desk": Call.objects.of_the_desk,
    "calls under assessment": calls_on_the_desk,
    "files": Application.objects.visible_to,
    "files of the desk": files_on_the_desk,
    "reviews": Assignment.objects.visible_to,
    "lists": Proposal.objects.visible_to,
    "documents": Document.objects.visible_to,
    "mails": OutgoingMail.objects.visible_to,
}
SCOPES = [
    # calls named, years named, is the call in the mandate
    ([], [], True),
    (["CALL-1"], [], True),
    (["OTHER"], [], False),
    ([], [YEAR], True),
    ([], [1999], False),
    ([], [THIS_YEAR, 2031], False),
    (["CALL-1"], [1999, YEAR], True),
    (["CALL-1"], [1999], False),
    (["OTHER"], [YEAR], False),
]


@pytest.fixture
def listed(closed_call):
    """A reviewed file in a frozen list, with its receipt and the mail about it."""
    proposal = factories.frozen(closed_call, "D-001")
    Call.objects.update(closes_at=CLOSES_AT)
    return proposal


def seen():
    """The kinds of which Axel finds something."""
    axel = factories.person("axel")
    return {kind for kind, visible_to in KINDS.items() if visible_to(axel).exists()}


def test_everything_about_a_call_follows_it_into_a_mandate_or_out_of_it(listed):
    for calls, years, is_inside in SCOPES:
        Mandate.objects.update(call_references=calls, years=years)

        assert seen() == (set(KINDS) if is_inside else set()), (calls, years)


def test_nothing_is_read_without_a_mandate(listed):
    Mandate.objects.update(ends_at=timezone.now())

    assert seen() == set()


def test_what_is_still_sealed_is_not_read(listed):
    Call.objects.update(assessment_opened_at=None)

    assert seen() == {"calls of the desk", "lists"}


def test_a_receipt_bears_the_year_of_its_submission_in_brussels():
    opens_at, closes_at = datetime(2026, 12, 1, 11, tzinfo=UTC), datetime(2027, 1, 15, 11, tzinfo=UTC)
    call = factories.calls.publish(factories.calls.draft("CALL-1", "2027", opens_at=opens_at, closes_at=closes_at))
    factories.submitted(call, at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert Document.objects.get().year == 2027
