"""Once a call is published the database itself holds its parts: no service, no page and no bulk update gets past it."""

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.db.models import F

from calls.models import (
    AnnexRequirement,
    BudgetHeading,
    CalendarEntry,
    Call,
    Choice,
    Criterion,
    GrantCondition,
    Lot,
    Question,
    ScreeningItem,
    Section,
    Track,
)
from calls.models.call import FIGURES
from calls.translation import TRANSLATED
from portal.codelists.models import Territory
from tests import factories

pytestmark = pytest.mark.django_db
FURTHER = {"position": F("position") + 50}
# Each kind of row: its way to the call, and a figure of its own.
PARTS = {
    AnnexRequirement: ("call", {"takes_several": True}),
    BudgetHeading: ("call", {"cap": 99}),
    CalendarEntry: ("call", {"on": "2031-01-01", "at": None}),
    Choice: ("question__section__call", FURTHER),
    Criterion: ("call", {"weight": F("weight") + 1}),
    GrantCondition: ("call", FURTHER),
    Lot: ("call", {"amount": F("amount") + 1}),
    Question: ("section__call", {"is_required": False}),
    ScreeningItem: ("call", {"check_name": "limits"}),
    Section: ("call", FURTHER),
    Track: ("call", {"rate_maximum": 99}),
}
# What a column becomes, by its type.
OTHER = {
    "boolean": "not {0}",
    "character varying": "'X'",
    "date": "{0} + 1",
    "timestamp with time zone": "{0} - interval '1 day'",
}


def rows_of(model, call):
    return Call.objects.filter(pk=call.pk) if model is Call else model.objects.filter(**{PARTS[model][0]: call})


def is_refused(act):
    """Whether the rule itself refuses; another error is a defect of this test."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except IntegrityError as refused:
        assert "a published call keeps its rows" in str(refused) or "no word of" in str(refused)
        return True
    return False


def add(model, call):
    """The same row once more: the rule speaks before any other does."""
    row = rows_of(model, call)[0]
    row.pk, row._state.adding = None, True
    row.save()


ACTS = {
    "figure": lambda model, call: rows_of(model, call).update(**PARTS[model][1]),
    "removal": lambda model, call: rows_of(model, call)._raw_delete("default"),
    "addition": add,
}


@pytest.mark.parametrize("how", ACTS)
def test_no_part_of_a_published_call_changes_comes_or_goes(open_call, how):
    assert [model.__name__ for model in PARTS if not is_refused(lambda of=model: ACTS[how](of, open_call))] == []


def test_a_draft_changes_in_each_of_its_parts():
    call = factories.draft_call()

    assert [model.__name__ for model in PARTS if not rows_of(model, call).update(**PARTS[model][1])] == []
    assert rows_of(Choice, call).delete()


def test_every_public_text_may_still_be_corrected_in_each_language(open_call):
    """The texts that the rule leaves free are those that are translated: the list is written twice."""
    columns = [
        (model, f"{name}_{language}")
        for model, names in TRANSLATED.items()
        for name in names
        for language in ("fr", "nl", "en")
    ]

    def correct(model, column):
        rows_of(model, open_call).update(**{column: "Autre texte"})

    assert [column for column in columns if is_refused(lambda of=column: correct(*of))] == []


def test_no_word_of_a_criterion_changes_after_the_first_submission(open_call):
    factories.submitted(open_call)

    assert is_refused(lambda: rows_of(Criterion, open_call).update(guidance_fr="Autre"))
    assert not is_refused(lambda: rows_of(Lot, open_call).update(title_fr="Autre"))


def test_the_deadline_alone_moves_in_the_calendar(open_call):
    entries = rows_of(CalendarEntry, open_call)

    assert not is_refused(lambda: entries.filter(kind="deadline").update(at=open_call.opens_at))
    assert is_refused(lambda: entries.filter(kind="deadline").update(kind="jury"))
    assert is_refused(lambda: entries.filter(on__isnull=False).update(on="2031-01-01"))


def test_territories_goals_and_legal_bases_of_a_published_call_stay(open_call):
    other = Territory.objects.exclude(calls=open_call)[0]

    assert is_refused(lambda: open_call.territories.add(other))
    assert is_refused(open_call.goals.clear)
    assert is_refused(open_call.legal_bases.clear)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_the_call_itself_stays(open_call, name):
    column = Call._meta.get_field(name).column
    with connection.cursor() as cursor:
        cursor.execute(
            "select data_type from information_schema.columns where table_name = 'calls_call' and column_name = %s",
            [column],
        )
        other = OTHER.get(cursor.fetchone()[0], "{0} + 1").format(column)

    with pytest.raises(Error, match="Cannot update rows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update calls_call set {column} = {other} where id = %s", [open_call.pk])
