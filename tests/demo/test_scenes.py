"""The five calls of the demo: each stands where docs/process.md, section 12, says, and everyone finds something to do."""

from collections import Counter

import pytest
from django.utils import timezone
from django.utils.translation import override

from applications.choices import Channel, State
from applications.models import Application
from calls.choices import State as CallState
from calls.models import Call
from portal.audit.verification import verify
from portal.dashboard.queries import waiting_for
from portal.demo.scenes import make_calls
from portal.documents.models import Document
from tests import factories
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def states_of(call_reference):
    return Counter(Application.objects.filter(call__reference=call_reference).values_list("state", flat=True))


def waiting(name):
    """What the first page tells this person of the cast to do."""
    with override("en"):
        groups = waiting_for(factories.person(name), at=timezone.now())
        return {str(group.title): [str(line.label) for line in group.lines] for group in groups if group.lines}


@pytest.fixture
def demo():
    """The calls as the demo makes them today."""
    make_calls(timezone.localdate())


def test_the_five_calls_stand_at_five_steps_and_every_role_finds_something_to_do(demo):
    calls = dict(Call.objects.values_list("reference", "state"))
    assert calls == {
        "SUD2028-DEMO": CallState.DRAFT,
        "SUD2027-DEMO": CallState.PUBLISHED,
        "SUD2026-DEMO": CallState.IN_ASSESSMENT,
        "SUD2025-DEMO": CallState.IN_ASSESSMENT,
        "SUD2024-DEMO": CallState.DECIDED,
    }
    assert states_of("SUD2027-DEMO") == {State.DRAFT: 4}
    assert states_of("SUD2026-DEMO") == {State.SUBMITTED: 6, State.IN_REVIEW: 1}
    refused = {State.INELIGIBLE: 1, State.INADMISSIBLE: 1}
    assert states_of("SUD2025-DEMO") == {State.REVIEWED: 5, **refused}
    assert states_of("SUD2024-DEMO") == {State.AWARDED: 3, State.ON_RESERVE: 1, State.REJECTED: 1, **refused}
    assert Call.objects.get(reference="SUD2024-DEMO").envelope.committed == 264000
    assert verify().holds

    paper = Application.objects.get(call__reference="SUD2026-DEMO", channel=Channel.PAPER)
    seal(Document.objects.get(about=paper.audit_name).pk)
    assert {"Calls to propose", "Files to screen", "Letters to post", "Calls ready to freeze"} <= set(waiting("olga"))
    assert "Files to screen" in waiting("pieter")
    assert set(waiting("helene")) == {"Doubts to settle"}
    assert "Declarations awaited" in waiting("rachid")
    assert "With the head of unit" in waiting("sofie")
    assert "Your mandate" in waiting("axel")
    assert "Drafts to finish" in waiting("amina")
