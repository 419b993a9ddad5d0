"""The draft of a list: kept as it was typed, found again, never over a colleague's words, and frozen into the list."""

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.choices import Role
from portal.audit.models import Event
from portal.core.exceptions import NotReady
from reviews.choices import ProposalState
from reviews.models import Proposal
from reviews.services import freeze_proposal, keep_draft_of_list, return_proposal
from tests import factories
from tests.reviews import lists
from tests.reviews.pages import appoint, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(closed_call):
    return lists.reviewed(closed_call, "D-001", "D-002", "D-004")


def keep(person, call, version=0, **typed):
    return person.post(page("freeze", call.reference), {"keep": "1", "version": str(version), **typed})


def choices(person, call, query=""):
    return person.get(page("freeze", call.reference) + query).text


def test_an_unfinished_list_is_kept_as_it_was_typed_and_found_again_by_a_colleague(olga, pieter, closed_call, files):
    first, _second, last = files.values()
    typed = {
        f"outcome_{first.pk}": "partial",
        f"amount_{first.pk}": "1.234",
        f"amount_reason_{first.pk}": "Le poste 3 est exclu.",
        f"conclusion_{last.pk}": "Motif commencé",
        "outcome_0": "awarded",
    }

    kept = keep(olga, closed_call, **typed)
    text = choices(pieter, closed_call)

    assert kept.status_code == 302
    for words in ('<option value="partial" selected>', 'value="1.234"', "Le poste 3 est exclu.", "Motif commencé"):
        assert words in text
    assert "Draft kept by Olga" in text
    assert "Draft kept by Olga" in pieter.get(page("board", closed_call.reference)).text
    assert Proposal.objects.get().state == ProposalState.DRAFT
    assert "outcome_0" not in Proposal.objects.get().typed


def test_the_board_of_the_choices_is_that_of_the_draft(olga, closed_call, files):
    first = files["D-001"]

    keep(olga, closed_call, **{f"outcome_{first.pk}": "rejected"})
    shown = olga.get(page("freeze", closed_call.reference)).context["board"]

    assert shown.granted == 95000


def test_a_line_that_is_placed_decides_the_outcomes_and_leaves_the_words(olga, closed_call, files):
    first = files["D-001"]
    typed = {f"outcome_{first.pk}": "rejected", f"conclusion_{first.pk}": "Motif commencé"}

    keep(olga, closed_call, **typed)
    text = choices(olga, closed_call, "?cut=2")

    assert text.count('<option value="awarded" selected>') == 2
    assert "Motif commencé" in text


def test_the_second_of_two_officers_is_told_and_keeps_their_own_words(olga, pieter, closed_call, files):
    field = f"conclusion_{files['D-004'].pk}"
    keep(olga, closed_call, **{field: "Les mots d’Olga."})

    told = keep(pieter, closed_call, version=0, **{field: "Les mots de Pieter."})
    before = Proposal.objects.get().typed[field]
    again = keep(pieter, closed_call, version=1, **{field: "Les mots de Pieter."})

    assert told.status_code == 409
    assert "Olga" in told.text
    assert "after you opened this page" in told.text
    assert "Les mots de Pieter." in told.text
    assert '<input type="hidden" name="version" value="1">' in told.text
    assert before == "Les mots d’Olga."
    assert again.status_code == 302
    draft = Proposal.objects.get()
    assert (draft.typed[field], draft.version, draft.prepared_by) == ("Les mots de Pieter.", 2, pieter.user)


@pytest.mark.parametrize("act", ["show", "freeze"])
def test_a_page_that_is_shown_again_still_knows_which_draft_was_read(olga, pieter, closed_call, files, act):
    field = f"conclusion_{files['D-004'].pk}"
    keep(olga, closed_call, **{field: "Les mots d’Olga."})
    typed = {"version": "0", act: "1", field: "Les mots de Pieter." if act == "show" else " "}

    shown = pieter.post(page("freeze", closed_call.reference), typed)

    assert shown.status_code == (200 if act == "show" else 422)
    assert '<input type="hidden" name="version" value="0">' in shown.text


def test_nobody_freezes_over_words_that_they_did_not_read(olga, pieter, closed_call, files):
    field = f"conclusion_{files['D-004'].pk}"
    keep(olga, closed_call, **{field: "Les mots d’Olga."})

    told = pieter.post(page("freeze", closed_call.reference), {"version": "0", field: "Les mots de Pieter."})

    assert told.status_code == 409
    assert "after you opened this page" in told.text
    assert Proposal.objects.get().state == ProposalState.DRAFT


def test_the_draft_becomes_the_frozen_list_and_nothing_typed_stays_in_it(olga, closed_call, files):
    field = f"conclusion_{files['D-004'].pk}"
    keep(olga, closed_call, **{field: "Les mots d’Olga."})

    frozen = olga.post(page("freeze", closed_call.reference), {"version": "1", field: "Les mots d’Olga."})

    proposal = Proposal.objects.get()
    assert frozen.status_code == 302
    assert (proposal.state, proposal.number, proposal.typed) == (ProposalState.FROZEN, 1, {})
    assert proposal.lines.get(application=files["D-004"]).conclusion == "Les mots d’Olga."


def test_the_chain_says_nothing_of_a_draft(olga, closed_call, files):
    before = Event.objects.count()

    keep(olga, closed_call, **{f"conclusion_{files['D-004'].pk}": "Motif"})

    assert Event.objects.count() == before


def test_a_list_that_came_back_goes_on_as_a_draft_with_the_next_number(olga, helene, closed_call, files):
    returned = lists.frozen(closed_call, files)
    return_proposal(proposal_id=returned.pk, by=helene.user, reason="Nommez le critère.")

    keep(olga, closed_call, **{f"conclusion_{files['D-004'].pk}": "Le critère C2."})
    text = choices(olga, closed_call)

    assert "Nommez le critère." in text
    assert "Le critère C2." in text
    assert list(Proposal.objects.values_list("number", "state")) == [(1, "returned"), (2, "draft")]


@pytest.mark.parametrize("name", ["helene", "axel"])
def test_nobody_else_reads_a_draft(request, olga, closed_call, files, name):
    keep(olga, closed_call, **{f"conclusion_{files['D-004'].pk}": "Motif commencé"})
    person = request.getfixturevalue(name)

    assert "Draft kept" not in person.get(page("board", closed_call.reference)).text
    assert person.get(page("freeze", closed_call.reference)).status_code == 403
    assert person.get(page("approve", closed_call.reference)).status_code in {403, 404}
    assert person.get(page("letters", closed_call.reference)).status_code == 404
    assert not Proposal.objects.visible_to(person.user).exists()
    assert keep(person, closed_call).status_code == 403


def test_an_officer_who_belongs_to_an_applicant_reads_no_draft(olga, bruno, closed_call, files):
    keep(olga, closed_call, **{f"conclusion_{files['D-004'].pk}": "Motif commencé"})
    appoint("bruno", Role.OFFICER, closed_call.unit)

    assert "Draft kept" not in bruno.get(page("board", closed_call.reference)).text
    assert bruno.get(page("freeze", closed_call.reference)).status_code == 404


def test_once_a_list_is_frozen_no_draft_is_kept(olga, closed_call, files):
    lists.frozen(closed_call, files)

    response = keep(olga, closed_call, **{f"conclusion_{files['D-004'].pk}": "Motif"})

    assert response.status_code == 409
    assert "A proposal of this call is already frozen." in response.text


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30])
def test_a_version_that_is_no_number_breaks_nothing(olga, closed_call, files, version):
    assert keep(olga, closed_call, version=version, **{f"conclusion_{files['D-004'].pk}": "a\x00b"}).status_code == 302
    assert Proposal.objects.get().typed == {f"conclusion_{files['D-004'].pk}": "ab"}


def test_a_draft_keeps_nobody_from_cancelling_the_call(olga, helene, closed_call, files):
    keep(olga, closed_call, **{f"conclusion_{files['D-004'].pk}": "Motif"})

    assert "approved and not yet notified" not in helene.get(f"/en/desk/calls/{closed_call.reference}/cancel/").text


def test_the_database_moves_a_draft_to_frozen_only_and_never_back(closed_call, files):
    draft = keep_draft_of_list(call_id=closed_call.pk, by=factories.person("olga"), typed={}, version=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=draft.pk).update(state=ProposalState.FROZEN)
    with pytest.raises(NotReady):
        freeze_proposal(call_id=closed_call.pk, by=factories.person("pieter"), conclusions={}, draft_version=0)
    assert Proposal.objects.filter(pk=draft.pk, frozen_at__isnull=True).exists()


@pytest.mark.parametrize("references", [["D-001"], ["D-001", "D-002", "D-007"]])
def test_a_draft_asks_the_database_the_same_number_of_times(
    olga, closed_call, references, django_assert_max_num_queries
):
    found = lists.reviewed(closed_call, *references)
    keep(olga, closed_call, **{f"conclusion_{file.pk}": "Motif" for file in found.values()})

    with django_assert_max_num_queries(12):
        olga.get(page("freeze", closed_call.reference))
