"""The board's form: an outcome for each file, what it needs, what it gives; and the pages that show the list."""

import pytest

from reviews.choices import Outcome
from reviews.models import Proposal
from reviews.services import return_proposal
from tests import factories
from tests.reviews import lists
from tests.reviews.pages import page

pytestmark = pytest.mark.django_db


def freeze(person, call, files, **told):
    """Post the form; keywords are fields by reference with underscores: D_001__outcome."""
    said = {f"conclusion_{file.pk}": text for file, text in _conclusions(files)}
    for name, value in told.items():
        reference, _, field = name.partition("__")
        field_of = files[reference.replace("_", "-")].pk
        said[f"{field}_{field_of}"] = value
    return person.post(page("freeze", call.reference), said)


def _conclusions(files):
    return [(file, lists.CONCLUSION.format(reference)) for reference, file in files.items()]


def test_each_passing_file_has_its_outcome_and_the_others_only_a_conclusion(olga, closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-002", "D-004", "D-007")

    text = olga.get(page("freeze", closed_call.reference)).text

    for reference in ("D-001", "D-002", "D-007"):
        assert f'name="outcome_{files[reference].pk}"' in text
    assert f'name="outcome_{files["D-004"].pk}"' not in text
    assert f'name="conclusion_{files["D-004"].pk}"' in text
    assert "Reserve, place 1" in text


def test_the_demo_freezes_with_its_defaults(olga, closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-002", "D-003", "D-004", "D-007")

    assert freeze(olga, closed_call, files).status_code == 302

    found = dict(Proposal.objects.get().lines.values_list("application", "outcome"))
    assert found[files["D-007"].pk] == Outcome.ON_RESERVE
    assert found[files["D-004"].pk] == Outcome.REJECTED
    assert sum(outcome == Outcome.AWARDED for outcome in found.values()) == 3


def test_a_partial_award_is_typed_with_its_reason_and_shown_to_the_head(olga, helene, closed_call):
    files = lists.reviewed(closed_call, "D-001")
    told = {"D_001__outcome": "partial", "D_001__amount": "100.000,00", "D_001__amount_reason": "Le poste 3 est exclu."}

    assert freeze(olga, closed_call, files, **told).status_code == 302

    text = helene.get(page("approve", closed_call.reference)).text
    assert "Partial award" in text
    assert "€100,000" in text
    assert "Le poste 3 est exclu." in helene.get(page("board", closed_call.reference)).text


@pytest.mark.parametrize(
    ("told", "status", "anchor"),
    [
        ({"D_001__outcome": "partial"}, 422, "id_amount_"),
        ({"D_001__outcome": "partial", "D_001__amount": "1.234"}, 422, "id_amount_"),
        ({"D_001__outcome": "partial", "D_001__amount": "100"}, 422, "id_amount_reason_"),
        ({"D_001__outcome": "partial", "D_001__amount": "999999", "D_001__amount_reason": "x"}, 409, "id_amount_"),
        ({"D_001__outcome": "on_reserve", "D_001__reserve_until": "2020-01-01"}, 409, "id_reserve_until_"),
        ({"D_001__outcome": "on_reserve", "D_001__reserve_until": "soon"}, 422, "id_reserve_until_"),
        ({"D_001__outcome": "ineligible"}, 422, "id_outcome_"),
        ({"D_001__outcome": "rejected", "D_001__conclusion": " "}, 422, "id_conclusion_"),
        ({"D_001__outcome": "on_reserve", "D_001__conclusion": ""}, 422, "id_conclusion_"),
    ],
)
def test_what_an_outcome_needs_is_asked_at_its_field_and_what_was_typed_stays(olga, closed_call, told, status, anchor):
    files = lists.reviewed(closed_call, "D-001", "D-004")

    response = freeze(olga, closed_call, files, **told)

    assert response.status_code == status
    assert f"#{anchor}{files['D-001'].pk}" in response.text
    assert lists.CONCLUSION.format("D-004") in response.text
    assert not Proposal.objects.exists()


def test_the_officer_sees_what_the_choices_give_before_anything_is_frozen(olga, closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-002", "D-007")
    told = {f"conclusion_{file.pk}": text for file, text in _conclusions(files)}
    told |= {f"outcome_{files['D-001'].pk}": "rejected", f"outcome_{files['D-007'].pk}": "awarded", "show": "1"}

    response = olga.post(page("freeze", closed_call.reference), told)

    # Without the first, the other two fit: 95 000 and 104 000 of 300 000.
    assert response.status_code == 200
    assert "€199,000" in response.text
    assert "€101,000" in response.text
    assert not Proposal.objects.exists()


def test_a_returned_list_keeps_what_was_chosen(olga, helene, closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-003")
    proposal = lists.frozen(closed_call, files, D_001=lists.partial(100000, "Le poste 3 est exclu."))

    return_proposal(proposal_id=proposal.pk, by=helene.user, reason="Revoyez le montant.")
    text = olga.get(page("freeze", closed_call.reference)).text

    assert "Le poste 3 est exclu." in text
    assert '<option value="partial" selected>' in text
    assert "€148,000" in text


def test_a_tie_asks_for_places_and_reasons(olga, closed_call):
    files = lists.equally_good(closed_call, "D-001", "D-002")
    told = {
        "D_001__tie_place": "2",
        "D_001__tie_reason": "Moins urgent.",
        "D_002__tie_place": "1",
        "D_002__tie_reason": "Plus urgent.",
    }

    refused = freeze(olga, closed_call, files)
    frozen = freeze(olga, closed_call, files, **told)

    assert refused.status_code == 409
    assert frozen.status_code == 302
    assert list(Proposal.objects.get().lines.values_list("application", flat=True)) == [
        files["D-002"].pk,
        files["D-001"].pk,
    ]


def test_the_pages_of_approval_and_notification_show_the_reserve(helene, closed_call):
    factories.with_letters(closed_call, "D-001", "D-002", "D-007")

    for name in ("notify", "board"):
        assert "Reserve, place 1" in helene.get(page(name, closed_call.reference)).text


@pytest.mark.parametrize("references", [["D-001"], ["D-001", "D-002", "D-007"]])
def test_the_form_asks_the_database_the_same_number_of_times(
    olga, closed_call, references, django_assert_max_num_queries
):
    files = lists.reviewed(closed_call, *references)
    return_proposal(
        proposal_id=lists.frozen(closed_call, files).pk, by=factories.person("helene"), reason="Encore une fois."
    )

    with django_assert_max_num_queries(12):
        olga.get(page("freeze", closed_call.reference))
