"""A file that came on paper goes the whole way: what its award letter must print is asked before the list is frozen."""

from datetime import date

import pytest
from django.db import transaction

from applications.choices import State
from applications.models import PaperPeriod
from applications.services import record_period
from calls.services import open_assessment
from portal.audit.models import Event
from portal.core.exceptions import NotReady
from portal.demo import judging
from portal.documents.models import Document
from reviews.ranking import LineChoice
from reviews.services import approve_proposal, freeze_proposal, notify_decisions
from tests import factories
from tests.applications.papers import entered
from tests.reviews.pages import page
from tests.sealing import seal

pytestmark = pytest.mark.django_db
PERIOD = {"starts_on": "2028-01-01", "duration": "12", "source": "Page 3, sous « Calendrier »."}


@pytest.fixture
def paper(closed_call):
    """Entered by Pieter without start or length, admitted by Olga, scored by Rachid and Sofie."""
    file = entered(closed_call, by="pieter", language="fr")
    open_assessment(call_id=closed_call.pk, by=factories.person("olga"))
    judging.screen(file, factories.story("D-001"), at=closed_call.closes_at)
    judging.review(file, factories.story("D-001"), at=closed_call.closes_at)
    return factories.fetch(file)


def freeze(call, **told):
    return freeze_proposal(call_id=call.pk, by=factories.person("olga"), conclusions={}, **told)


def test_a_paper_file_is_admitted_and_awarded(olga, helene, closed_call, paper):
    with pytest.raises(NotReady) as refusal:
        freeze(closed_call)
    refused = olga.get(page("board", closed_call.reference)).text

    assert olga.post(page("record_period", paper.reference), PERIOD).status_code == 302
    proposal = freeze(closed_call)
    approve_proposal(proposal_id=proposal.pk, by=helene.user)
    letter = Document.objects.get(kind="reviews.award")
    assert seal(letter.pk)
    notify_decisions(proposal_id=proposal.pk, by=helene.user)

    assert [problem.code for problem in refusal.value.problems] == ["no_period"]
    assert page("record_period", paper.reference) in refused
    assert factories.fetch(paper).state == State.AWARDED
    assert '"months":12,"start_on":"2028-01-01"' in letter.content


def test_a_paper_file_that_gets_no_grant_needs_no_period(closed_call, paper):
    choices = {paper.pk: LineChoice(outcome="rejected")}

    assert freeze_proposal(
        call_id=closed_call.pk, by=factories.person("olga"), conclusions={paper.pk: "Motif."}, choices=choices
    )


def test_the_page_of_the_file_asks_for_the_period_and_then_says_where_it_was_read(olga, axel, paper):
    address = page("file_application", paper.reference)

    before, reading = olga.get(address).text, axel.get(address).text
    olga.post(page("record_period", paper.reference), PERIOD)
    after = olga.get(address).text

    assert page("record_period", paper.reference) in before
    assert "without its start or its length" in reading
    assert page("record_period", paper.reference) not in reading
    assert "Page 3, sous « Calendrier »." in after
    assert page("record_period", paper.reference) not in after


def test_the_chain_says_the_facts_and_none_of_the_words(olga, paper):
    olga.post(page("record_period", paper.reference), PERIOD)

    data = Event.objects.get(verb="application.period_recorded").data
    assert data == {"starts_on": "2028-01-01", "months": 12}


@pytest.mark.parametrize("told", [{"duration": "0"}, {"duration": "abc"}, {"starts_on": "soon"}, {"source": "  "}])
def test_a_period_that_cannot_be_read_is_asked_again_and_nothing_is_lost(olga, paper, told):
    response = olga.post(page("record_period", paper.reference), PERIOD | told)

    assert response.status_code == 422
    assert "sous « Calendrier »" in response.text or "source" in told
    assert not PaperPeriod.objects.exists()


def test_a_period_is_recorded_once_and_only_for_paper(olga, paper):
    olga.post(page("record_period", paper.reference), PERIOD)
    portal = factories.submitted(factories.open_call("CALL-2"))

    assert olga.post(page("record_period", paper.reference), PERIOD).status_code == 409
    with pytest.raises(NotReady) as refusal:
        record_period(application_id=portal.pk, by=olga.user, starts_on=date(2028, 1, 1), duration=12, source="Page 3.")
    assert [problem.code for problem in refusal.value.problems] == ["not_paper"]


def test_the_database_keeps_a_recorded_period_as_it_is(olga, paper):
    olga.post(page("record_period", paper.reference), PERIOD)

    for act in (lambda: PaperPeriod.objects.update(duration=1), lambda: PaperPeriod.objects.all().delete()):
        with pytest.raises(Exception, match=r"Cannot (update|delete)"), transaction.atomic():
            act()
