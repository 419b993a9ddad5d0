"""The same text on more than five files is refused, over the whole call and however it is spaced."""

import pgtrigger
import pytest
from django.utils import timezone

from applications.models import Application
from portal.core.exceptions import NotReady
from reviews.models import DraftDecision
from reviews.ranking import LineChoice, ranking_of
from reviews.readiness import missing_before_freeze
from reviews.repetition import repeated_text
from reviews.services import propose_refusal
from tests import factories
from tests.reviews import doors, lists

TEXT = "Le projet ne répond pas au critère C2."
SPACED = "Le  projet ne répond\n pas au critère c2. "


def on_files(text, number, first=1):
    return [(first + file, text) for file in range(number)]


def nothing():
    return []


@pytest.mark.parametrize(("files", "is_refused"), [(5, False), (6, True)])
def test_five_files_may_share_a_text_and_six_may_not(files, is_refused):
    assert bool(repeated_text(on_files(TEXT, files), nothing)) is is_refused


def test_spaces_and_capitals_make_no_other_text():
    assert repeated_text([*on_files(TEXT, 3), *on_files(SPACED, 3, first=4)], nothing)


def test_what_stands_already_in_the_call_counts():
    assert not repeated_text(on_files(TEXT, 1, first=6), lambda: on_files(TEXT, 4))
    assert repeated_text(on_files(TEXT, 1, first=6), lambda: on_files(TEXT, 5))


def test_a_file_counts_once_and_no_text_is_no_text():
    assert not repeated_text([*on_files(TEXT, 5), *on_files(TEXT, 5), *on_files(" ", 9, first=10)], nothing)


def test_what_stands_six_times_already_holds_up_no_other_text():
    assert not repeated_text([(9, "Autre motif.")], lambda: on_files(TEXT, 6))


@pytest.fixture
def file(closed_call):
    """A file at the door whose refusal can be prepared."""
    return doors.at_the_door(closed_call, "E4")


def refused_too(file, number):
    """So many more files of the call whose refusal awaits the head, with the same conclusion."""
    common = {"call": file.call, "organisation": file.organisation, "created_by": file.created_by}
    for extra in range(2, 2 + number):
        reference = f"{file.call.reference}-D-{extra:03d}"
        with pgtrigger.ignore("applications.Application:legal_first_state"):
            other = Application.objects.create(
                reference=reference, number=extra, ordinal=extra, submitted_at=timezone.now(), state="withdrawn",
                withdrawn_at=timezone.now(), withdrawal_reason="Exemple.", **common
            )  # fmt: skip
        DraftDecision.objects.create(
            application=other, outcome="ineligible", conclusion=SPACED, prepared_at=timezone.now(),
            prepared_by=factories.person("olga"),
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("others", "codes"), [(4, []), (5, ["same_text"])])
def test_a_refusal_at_the_door_repeats_no_text_of_five_others(file, others, codes):
    refused_too(file, others)

    found = []
    try:
        propose_refusal(
            application_id=file.pk,
            by=factories.person("olga"),
            outcome="ineligible",
            conclusion=TEXT,
            why_not_cured=doors.WHY,
        )
    except NotReady as refusal:
        found = [problem.code for problem in refusal.problems]

    assert found == codes


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["conclusion", "amount_reason"])
def test_a_list_repeats_no_text_of_the_refusals_of_its_call(closed_call, place):
    (ranked,) = lists.reviewed(closed_call, "D-001").values()
    refused_too(ranked, 5)
    choice = LineChoice(outcome="awarded", amount=1000, amount_reason=TEXT if place == "amount_reason" else "Autre.")

    ranking = ranking_of(closed_call, {ranked.pk: choice})
    found = missing_before_freeze(ranking, {ranked.pk: TEXT if place == "conclusion" else ""})

    assert "same_text" in [problem.code for problem in found]
