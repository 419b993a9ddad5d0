"""The progress of the letters: a bar that says how many are sealed, names those that failed, and knows when to stop."""

import pytest

from portal.documents.models import Document
from reviews.models import Decision
from tests import factories
from tests.reviews.pages import page
from tests.sealing import seal

pytestmark = pytest.mark.django_db

# Who asks is said by three queries: session, person, appointments.
WHO_ASKS = 3


def letters_of(proposal):
    return [decision.document for decision in Decision.objects.filter(line__proposal=proposal).order_by("pk")]


def fail(document):
    """The letter fails at each of its attempts."""
    Document.objects.filter(pk=document.pk).update(job_state="failed", last_error="RuntimeError", attempts=3)


def test_the_bar_counts_the_sealed_letters_and_stops_asking_when_all_are(helene, closed_call):
    proposal = factories.approved(closed_call, "D-001", "D-004")
    address = page("letters", closed_call.reference)

    begun = helene.get(address).text
    seal(letters_of(proposal)[0].pk)
    half = helene.get(address).text
    seal(letters_of(proposal)[1].pk)
    done = helene.get(address).text

    assert '<progress class="gp-progress" max="2" value="0"' in begun
    assert "1 of 2 letters sealed" in half
    assert 'value="1"' in half
    assert "2 of 2 letters sealed" in done
    assert ["every 2s" in text for text in (begun, half, done)] == [True, True, False]
    assert page("notify", closed_call.reference) in done


def test_with_the_last_letter_the_whole_board_is_drawn_anew(helene, closed_call):
    proposal = factories.approved(closed_call, "D-001", "D-004")
    address, htmx = page("letters", closed_call.reference), {"HTTP_HX_REQUEST": "true"}

    seal(letters_of(proposal)[0].pk)
    half = helene.get(address, **htmx)
    seal(letters_of(proposal)[1].pk)
    done = helene.get(address, **htmx)

    assert "HX-Refresh" not in half.headers
    assert done.headers["HX-Refresh"] == "true"


def test_the_same_news_is_not_told_twice(helene, closed_call):
    proposal = factories.approved(closed_call, "D-001", "D-004")
    address = page("letters", closed_call.reference)

    assert f"{address}?seen=0-0" in helene.get(address).text
    assert helene.get(address, {"seen": "0-0"}).status_code == 204
    fail(letters_of(proposal)[0])
    assert helene.get(address, {"seen": "0-0"}).status_code == 200


def test_without_javascript_a_link_leads_to_the_same_board(helene, closed_call):
    factories.approved(closed_call, "D-001")
    text = helene.get(page("board", closed_call.reference)).text

    assert "0 of 1 letters sealed" in text
    assert "Look again" in text
    assert f'<a class="gp-small" href="{page("board", closed_call.reference)}"' in text


def test_a_letter_that_failed_is_named_with_the_place_where_it_is_asked_for_again(helene, closed_call):
    proposal = factories.approved(closed_call, "D-001", "D-004")
    first, second = letters_of(proposal)
    fail(first)
    seal(second.pk)

    text = helene.get(page("letters", closed_call.reference)).text

    assert "One letter could not be made." in text
    assert f'/documents/?number={first.number}"' in text
    assert second.number not in text
    assert "every 2s" not in text, "nothing moves any more by itself"
    assert f"/documents/{first.code}/retry/" in helene.get(f"/en/documents/?number={first.number}").text


@pytest.mark.parametrize("references", [["D-001"], ["D-001", "D-003", "D-004"]])
@pytest.mark.parametrize("seen", ["", "0-0"])
def test_a_look_at_the_progress_costs_two_queries(helene, closed_call, references, seen, django_assert_num_queries):
    factories.approved(closed_call, *references)

    with django_assert_num_queries(WHO_ASKS + 2):
        helene.get(page("letters", closed_call.reference), {"seen": seen})


def test_before_the_freeze_and_for_another_mandate_there_is_nothing_to_see(helene, axel, closed_call):
    address = page("letters", closed_call.reference)
    factories.reviewed(closed_call, "D-001")
    assert helene.get(address).status_code == 404

    axel.user.mandates.update(call_references=["ANOTHER-CALL"])
    assert axel.get(address).status_code == 404


@pytest.mark.parametrize(
    ("sealed", "words"), [(0, "0 lettre scellée sur 2"), (1, "1 lettre scellée sur 2"), (2, "2 lettres scellées sur 2")]
)
def test_in_french_one_letter_and_none_are_singular(helene, closed_call, sealed, words):
    proposal = factories.approved(closed_call, "D-001", "D-004")
    for document in letters_of(proposal)[:sealed]:
        seal(document.pk)

    assert words in helene.get(f"/fr/proposals/{closed_call.reference}/letters/").text
