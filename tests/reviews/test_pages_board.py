"""The proposal board: the list, its freeze, four eyes, the letters and the notification."""

import pytest

from calls.choices import State as CallState
from portal.accounts.choices import Role
from portal.demo import judging
from portal.documents.models import Document
from reviews.choices import Outcome, ProposalState
from reviews.models import Proposal
from tests import factories
from tests.reviews.pages import appoint, officer_elsewhere, page

pytestmark = pytest.mark.django_db

CONCLUSION = "The file stays below the minimum of 60 points, and below the minimum of criterion 2."
ACTS = ("return", "approve", "letters", "notify")


def approve(person, proposal, sha256=None):
    return person.post(page("approve", proposal.call.reference), {"sha256": sha256 or proposal.sha256})


def test_the_board_shows_the_envelope_the_order_and_both_lines(olga, closed_call):
    factories.reviewed(closed_call, "D-001", "D-002", "D-003", "D-004")

    text = olga.get(page("board", closed_call.reference)).text

    places = [text.index(words) for words in ("D-001</span>", "D-002</span>", "D-003</span>", "End of the envelope")]
    assert places == sorted(places)
    assert text.index("End of the envelope") < text.index("Minimum of 60 points") < text.index("D-004</span>")
    assert [amount in text for amount in ("€300,000", "€264,000", "€36,000")] == [True] * 3


def test_the_board_leads_an_officer_to_the_choices_and_nobody_else(olga, helene, closed_call):
    factories.reviewed(closed_call, "D-001", "D-004")
    address = page("freeze", closed_call.reference)

    assert address in olga.get(page("board", closed_call.reference)).text
    assert "What each file gets" in olga.get(address).text
    assert address not in helene.get(page("board", closed_call.reference)).text
    assert helene.get(address).status_code == 403


def test_the_choices_of_a_frozen_list_lead_back_to_the_board(olga, closed_call):
    factories.frozen(closed_call, "D-001")

    assert olga.get(page("freeze", closed_call.reference)).url == page("board", closed_call.reference)


def test_a_list_without_a_conclusion_is_not_frozen_and_what_was_typed_stays(olga, closed_call):
    first, _second = factories.reviewed(closed_call, "D-004", "D-001")
    address = page("freeze", closed_call.reference)

    refused = olga.post(address, {f"conclusion_{first.pk}": "   "})
    frozen = olga.post(address, {f"conclusion_{first.pk}": CONCLUSION})

    assert refused.status_code == 422
    assert f"#id_conclusion_{first.pk}" in refused.text
    assert frozen.status_code == 302
    assert Proposal.objects.get().lines.get(application=first).conclusion == CONCLUSION


def test_a_list_is_not_frozen_while_a_file_is_under_way_and_what_was_typed_stays(olga, closed_call):
    reviewed, _other = factories.admitted(closed_call, "D-004", "D-001")
    judging.review(reviewed, factories.story("D-004"), at=closed_call.closes_at)

    response = olga.post(page("freeze", closed_call.reference), {f"conclusion_{reviewed.pk}": CONCLUSION})

    assert response.status_code == 409
    assert "D-002 is not reviewed yet." in response.text
    assert CONCLUSION in response.text
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("name", ["helene", "rachid", "amina", "axel", "adam"])
def test_nobody_but_an_officer_freezes(request, closed_call, name):
    factories.reviewed(closed_call, "D-001")

    assert request.getfixturevalue(name).post(page("freeze", closed_call.reference)).status_code == 403
    assert not Proposal.objects.exists()


def test_the_officer_cannot_approve_what_the_page_does_not_offer_either(olga, pieter, closed_call):
    proposal = factories.frozen(closed_call, "D-001", "D-004")

    for officer in (olga, pieter):
        assert page("approve", closed_call.reference) not in officer.get(page("board", closed_call.reference)).text
        assert officer.get(page("approve", closed_call.reference)).status_code == 403
        assert approve(officer, proposal).status_code == 403
    assert factories.fetch(proposal).state == ProposalState.FROZEN


@pytest.mark.parametrize("name", ["olga", "rachid"])
def test_a_head_who_prepared_or_scored_reads_why_they_cannot_approve(request, closed_call, name):
    proposal = factories.frozen(closed_call, "D-001")
    appoint(name, Role.UNIT_HEAD, closed_call.unit)
    person = request.getfixturevalue(name)

    text = person.get(page("board", closed_call.reference)).text

    assert "You cannot decide on this list" in text
    assert approve(person, proposal).status_code == 403
    assert factories.fetch(proposal).state == ProposalState.FROZEN


def test_the_page_before_the_approval_says_what_follows(helene, closed_call):
    factories.frozen(closed_call, "D-001", "D-004")

    text = helene.get(page("approve", closed_call.reference)).text

    assert "€121,000 of the envelope is committed at once." in text
    assert "2 decisions are taken" in text
    assert "€179,000" in text


def test_a_double_click_on_approve_decides_once_and_shows_the_same_page(helene, closed_call):
    proposal = factories.frozen(closed_call, "D-001", "D-004")

    first, second = approve(helene, proposal), approve(helene, proposal)

    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert "0 of 2 letters sealed" in helene.get(first.url).text
    assert factories.fetch(closed_call.envelope).committed == 121000
    assert Document.objects.filter(kind__startswith="reviews.").count() == 2


def test_another_list_than_the_one_that_was_read_is_not_approved(helene, closed_call):
    proposal = factories.frozen(closed_call, "D-001")

    response = approve(helene, proposal, sha256="0" * 64)

    assert response.status_code == 409
    assert "The list has changed since you opened this page." in response.text
    assert factories.fetch(proposal).state == ProposalState.FROZEN


def test_a_returned_list_shows_the_reason_and_keeps_the_conclusions(helene, olga, closed_call):
    proposal = factories.frozen(closed_call, "D-001", "D-004")
    conclusion = proposal.lines.get(outcome=Outcome.REJECTED).conclusion

    empty = helene.post(page("return", closed_call.reference), {"reason": " "})
    helene.post(page("return", closed_call.reference), {"reason": "Name the criterion."})
    text = olga.get(page("freeze", closed_call.reference)).text

    assert empty.status_code == 422
    assert "Name the criterion." in text
    assert conclusion in text


def test_nobody_is_notified_before_every_letter_is_ready(helene, closed_call):
    proposal = factories.approved(closed_call, "D-001", "D-004")

    shown = helene.get(page("notify", closed_call.reference))
    sent = helene.post(page("notify", closed_call.reference))

    assert "The letter for D-001 is not ready yet." in shown.text
    assert sent.status_code == 409
    assert factories.fetch(proposal).state == ProposalState.APPROVED


def test_a_double_click_on_notify_tells_everyone_once_and_shows_the_same_page(helene, closed_call, mailoutbox):
    factories.with_letters(closed_call, "D-001", "D-004")

    first = helene.post(page("notify", closed_call.reference))
    second = helene.post(page("notify", closed_call.reference))

    assert first.url == second.url
    assert Proposal.objects.get().state == ProposalState.NOTIFIED


def test_the_head_closes_the_decisions_when_everything_is_notified(helene, olga, closed_call):
    factories.notified(closed_call, "D-001", "D-004")

    assert olga.post(page("close", closed_call.reference)).status_code == 403
    assert "Close the decisions" in helene.get(page("board", closed_call.reference)).text
    assert helene.post(page("close", closed_call.reference)).status_code == 302
    assert factories.fetch(closed_call).state == CallState.DECIDED
    assert helene.post(page("close", closed_call.reference)).status_code == 409


def test_staff_of_another_unit_find_no_board(closed_call):
    proposal = factories.frozen(closed_call, "D-001")
    otto = officer_elsewhere()

    assert otto.get(page("board", closed_call.reference)).status_code == 404
    assert closed_call.reference not in otto.get(page("boards")).text
    assert [otto.get(page(act, closed_call.reference)).status_code for act in ACTS] == [404] * 4
    assert otto.post(page("freeze", closed_call.reference)).status_code == 404
    assert approve(otto, proposal).status_code == 404


@pytest.mark.parametrize("name", ["amina", "rachid", "adam"])
def test_the_board_is_closed_to_everyone_else(request, closed_call, name):
    factories.frozen(closed_call, "D-001")

    response = request.getfixturevalue(name).get(page("board", closed_call.reference))

    assert response.status_code == 403
    assert "86.00" not in response.text


def test_an_auditor_reads_the_board_and_acts_on_nothing(axel, closed_call):
    proposal = factories.frozen(closed_call, "D-001")

    text = axel.get(page("board", closed_call.reference)).text

    assert proposal.sha256 in text
    assert page("approve", closed_call.reference) not in text
    assert axel.get(page("approve", closed_call.reference)).status_code == 403
    assert approve(axel, proposal).status_code == 403


def test_an_auditor_whose_mandate_names_other_calls_finds_no_board(axel, closed_call):
    factories.frozen(closed_call, "D-001")
    axel.user.mandates.update(call_references=["ANOTHER-CALL"])

    assert axel.get(page("board", closed_call.reference)).status_code == 404
    assert closed_call.reference not in axel.get(page("boards")).text


@pytest.mark.parametrize("references", [["D-001"], ["D-001", "D-003", "D-004"]])
def test_the_live_board_asks_the_database_the_same_number_of_times(
    olga, closed_call, references, django_assert_num_queries
):
    factories.reviewed(closed_call, *references)

    with django_assert_num_queries(10):
        olga.get(page("board", closed_call.reference))


@pytest.mark.parametrize("references", [["D-001"], ["D-001", "D-003", "D-004"]])
def test_the_frozen_board_asks_the_database_the_same_number_of_times(
    helene, closed_call, references, django_assert_num_queries
):
    factories.frozen(closed_call, *references)

    with django_assert_num_queries(9):
        helene.get(page("board", closed_call.reference))


def test_the_list_of_boards_asks_the_database_the_same_number_of_times(olga, closed_call, django_assert_num_queries):
    factories.unsealed(closed_call, "D-001")
    with django_assert_num_queries(6):
        olga.get(page("boards"))
    factories.unsealed(factories.closed_call("CALL-2"), "D-001")

    with django_assert_num_queries(6):
        olga.get(page("boards"))
