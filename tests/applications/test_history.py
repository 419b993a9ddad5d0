"""What the applicant reads of the end of a file: each decision at its own day, what ended it, and until when it lasts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from applications.services import withdraw_application
from applications.views.overview import timeline_of
from calls.models import Envelope
from calls.services import cancel_call
from portal.core.dates import long_day
from portal.documents.choices import DECISIONS
from portal.documents.models import Document
from reviews.services import approve_proposal, expire_reserves, notify_decisions, promote_from_reserve
from tests import factories
from tests.factories import fetch, person
from tests.reviews import lists
from tests.sealing import seal

pytestmark = pytest.mark.django_db
REASON = {"fr": "Le budget est retiré.", "nl": "Het budget is ingetrokken."}


@pytest.fixture
def reserve(closed_call):
    """D-002 on the reserve list, told half an hour ago, until the end of the year."""
    files = lists.reviewed(closed_call, "D-001", "D-002")
    Envelope.objects.filter(call=closed_call).update(ceiling=Decimal(130000))
    tell(lists.frozen(closed_call, files), at=timezone.now() - timedelta(minutes=30))
    return fetch(files["D-002"])


def tell(proposal, *, at):
    approve_proposal(proposal_id=proposal.pk, by=person("helene"), at=at)
    for pk in Document.objects.filter(decision__line__proposal=proposal).values_list("pk", flat=True):
        seal(pk)
    notify_decisions(proposal_id=proposal.pk, by=person("helene"), at=at)


def history(application):
    """Label and moment of each entry, from the decision on."""
    letters = Document.objects.issued().about(application.audit_name).filter(kind__in=DECISIONS)
    entries = timeline_of(application, list(application.versions.all()), list(letters))
    return [(entry["label"], entry.get("at"), entry["state"]) for entry in entries][1:]


def signatory(application):
    return application.organisation.memberships.filter(role="owner")[0].user


def last_day(application):
    return long_day(application.reserve_until, "en")


def test_a_reserve_says_until_when_it_lasts(reserve):
    line = reserve.proposal_lines.get()

    assert reserve.reserve_until == line.reserve_until
    assert str(reserve.applicant_label) == f"On the reserve list until {last_day(reserve)}"


def test_a_reserve_that_ended_was_a_reserve_at_its_notification(reserve):
    told = reserve.notified_at
    expire_reserves(at=timezone.now() + timedelta(days=800))

    assert history(fetch(reserve)) == [
        ("On the reserve list", told, "done"),
        ("The reserve list has ended", None, "now"),
    ]


def test_a_reserve_that_was_withdrawn_keeps_both_days(reserve):
    told, now = reserve.notified_at, timezone.now()
    withdraw_application(application_id=reserve.pk, by=signatory(reserve), reason="Exemple.", at=now)

    assert history(fetch(reserve)) == [("On the reserve list", told, "done"), ("Withdrawn by you", now, "now")]


def test_a_reserve_whose_call_is_cancelled_keeps_both_days(reserve):
    told, now = reserve.notified_at, timezone.now()
    cancel_call(call_id=reserve.call_id, by=person("helene"), reason=REASON, at=now)
    cancelled = fetch(reserve)

    assert history(cancelled) == [("On the reserve list", told, "done"), ("The call was cancelled", now, "now")]
    assert str(cancelled.applicant_label) == f"The call was cancelled on {long_day(now, 'en')}"


def test_two_decisions_on_one_file_are_each_dated_by_their_own_notification(reserve, amina):
    Envelope.objects.filter(call=reserve.call_id).update(ceiling=Decimal(300000))
    tell(promote_from_reserve(application_id=reserve.pk, by=person("olga")), at=timezone.now() + timedelta(days=3))
    awarded = fetch(reserve)

    assert [label for label, _at, _state in history(awarded)] == ["On the reserve list", "Awarded"]
    amina.force_login(signatory(awarded))
    with override("en"):
        text = amina.get(awarded.get_absolute_url()).text
    assert f"notified on {long_day(reserve.notified_at, 'en')}" in text
    assert f"notified on {long_day(awarded.notified_at, 'en')}" in text


def test_the_page_of_a_cancelled_file_says_when_and_leads_to_the_reason(amina, open_call):
    draft = factories.empty_draft(open_call)
    cancel_call(call_id=open_call.pk, by=person("helene"), reason=REASON)

    text = amina.get(draft.get_absolute_url()).text
    assert "The call was cancelled on " in text
    assert f'href="{open_call.get_absolute_url()}"' in text
