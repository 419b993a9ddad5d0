"""The line of the live board: where it may stand, what it gives, and that it is carried to the choices; nothing is saved."""

from decimal import Decimal

import pgtrigger
import pytest

from calls.models import Envelope
from portal.audit.models import Event
from reviews.choices import Outcome
from reviews.models import Proposal
from tests.reviews import lists
from tests.reviews.pages import page

pytestmark = pytest.mark.django_db
DEMO = ["D-001", "D-002", "D-003", "D-004", "D-007"]
LINE = "The line that you placed"


def board(person, call, query=""):
    response = person.get(page("board", call.reference) + query)
    assert response.status_code == 200
    return response


def outcomes(response):
    return [row.place for row in response.context["board"].rows]


def test_the_line_gives_all_that_is_asked_above_it_and_reserve_places_below(olga, closed_call):
    lists.reviewed(closed_call, *DEMO)
    events = Event.objects.count()

    shown = board(olga, closed_call, "?cut=1")

    # Ranks: D-001, D-002, D-003, D-007 and, below the minimum, D-004.
    assert outcomes(shown) == ["", "reserve", "reserve", "reserve", "out"]
    assert shown.context["board"].granted == 121000
    assert "€179,000" in shown.text
    assert "Reserve, place 3" in shown.text
    assert not Proposal.objects.exists()
    assert Event.objects.count() == events


def test_the_line_moves_the_balances_with_it(olga, closed_call):
    lists.reviewed(closed_call, *DEMO)

    shown = board(olga, closed_call, "?cut=1")

    for balance in (shown.context["balances"].territories, shown.context["balances"].goals):
        assert sum(share.funded for share in balance.shares) >= 1
        assert max(share.granted for share in balance.shares) == 121000
    assert sum(lot.granted for lot in shown.context["board"].lots) == 121000


def test_each_place_of_the_line_is_a_button_of_one_form_that_only_reads(olga, closed_call):
    lists.reviewed(closed_call, *DEMO)

    text = board(olga, closed_call, "?cut=2").text

    assert text.count('<form method="get" action="#h-ranking">') == 1
    # At rank 2 stands the line itself; after rank 4 the money is short, after 5 the minimum is passed.
    assert [f'<button name="cut" value="{rank}">' in text for rank in range(6)] == [
        *(True, True, False, True, False, False)
    ]


@pytest.mark.parametrize(
    ("asked", "words", "funded"),
    [
        ("abc", "Use the buttons between the files.", 3),
        ("-1", "Use the buttons between the files.", 3),
        ("", "Use the buttons between the files.", 3),
        ("9" * 5000, "Use the buttons between the files.", 3),
        ("1%00", "Use the buttons between the files.", 3),
        ("999", "The line cannot pass the minimum, nor the envelope: it stands after rank 3.", 3),
        ("5", "The line cannot pass the minimum, nor the envelope: it stands after rank 3.", 3),
        ("4", "Down to rank 4 the files ask €368,000, and €300,000 is left.", 3),
        ("0", LINE, 0),
        ("3", LINE, 3),
    ],
)
def test_a_line_that_cannot_stand_there_is_answered_with_a_sentence(olga, closed_call, asked, words, funded):
    lists.reviewed(closed_call, *DEMO)

    shown = board(olga, closed_call, f"?cut={asked}")

    assert words in shown.text
    assert len(shown.context["board"].funded) == funded
    assert shown.context["cut"].is_moved is (asked in {"0", "3", "4", "5", "999"})


def test_where_nothing_can_be_paid_the_line_stands_above_the_first_file(olga, closed_call):
    lists.reviewed(closed_call, "D-001", "D-004")
    Envelope.objects.update(ceiling=Decimal(1000))

    shown = board(olga, closed_call, "?cut=1")

    assert "it stands above the first file." in shown.text
    assert not shown.context["board"].funded


def test_a_file_that_fails_one_criterion_stands_below_every_line(olga, closed_call):
    files = lists.reviewed(closed_call, "D-001", "D-003", "D-007")
    # Files keep their points and fall below the minimum of a criterion.
    with pgtrigger.ignore("calls.Criterion:frozen_with_its_published_call"):
        closed_call.criteria.filter(code="C2").update(minimum=70)

    shown = board(olga, closed_call, "?cut=9")

    rows = {row.application.pk: row for row in shown.context["board"].rows}
    assert not rows[files["D-003"].pk].is_funded
    assert "The line cannot pass the minimum" in shown.text


def test_the_line_is_carried_to_the_choices_and_into_the_frozen_list(olga, closed_call):
    files = lists.reviewed(closed_call, *DEMO)
    address = page("freeze", closed_call.reference) + "?cut=1"

    assert address in board(olga, closed_call, "?cut=1").text
    choices = olga.get(address)
    assert outcomes(choices) == ["", "reserve", "reserve", "reserve", "out"]
    assert choices.text.count('<option value="on_reserve" selected>') == 3
    assert f'action="{address}"' in choices.text
    told = {f"conclusion_{pk}": text for pk, text in lists.conclusions(files).items()}
    assert olga.post(address, told).status_code == 302

    found = dict(Proposal.objects.get().lines.values_list("rank", "outcome"))
    assert found == {
        1: Outcome.AWARDED,
        **dict.fromkeys([2, 3, 4], Outcome.ON_RESERVE),
        5: Outcome.REJECTED,
    }


def test_a_line_that_was_typed_wrong_is_said_on_the_page_of_the_choices_too(olga, closed_call):
    lists.reviewed(closed_call, *DEMO)

    assert "it stands after rank 3." in olga.get(page("freeze", closed_call.reference) + "?cut=999").text


def test_a_frozen_list_has_no_line_to_move(olga, closed_call):
    lists.frozen(closed_call, lists.reviewed(closed_call, "D-001", "D-002"))

    text = board(olga, closed_call, "?cut=0").text

    assert 'name="cut"' not in text
    assert LINE not in text


@pytest.mark.parametrize("outcome", ["awarded", "partial", "on_reserve"])
def test_what_is_sent_for_a_file_below_a_minimum_is_refused_and_not_passed_over(olga, closed_call, outcome):
    files = lists.reviewed(closed_call, "D-001", "D-004")
    told = {f"conclusion_{pk}": text for pk, text in lists.conclusions(files).items()}

    response = olga.post(page("freeze", closed_call.reference), told | {f"outcome_{files['D-004'].pk}": outcome})

    assert response.status_code == 422
    assert "D-002 does not reach every minimum: it can only be rejected." in response.text
    assert not Proposal.objects.exists()


def test_the_choices_show_how_they_spread_the_money(olga, closed_call):
    files = lists.reviewed(closed_call, *DEMO)
    told = {f"conclusion_{pk}": text for pk, text in lists.conclusions(files).items()}
    told |= {f"outcome_{files['D-001'].pk}": "rejected", "show": "1"}

    first = olga.get(page("freeze", closed_call.reference))
    changed = olga.post(page("freeze", closed_call.reference), told)

    granted = [
        sum(share.granted for share in shown.context["balances"].territories.shares) for shown in (first, changed)
    ]
    assert granted == [264000, 143000]
    assert "Balance of the territories" in changed.text
