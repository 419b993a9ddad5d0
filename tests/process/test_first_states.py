"""A row begins where its process begins: the database refuses an insert in any other state, for every machine there is."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from portal.core.stateful import Stateful

pytestmark = pytest.mark.django_db
MACHINES = {
    "applications.Application": {"draft"},
    "calls.Call": {"draft"},
    "calls.Corrigendum": {"proposed"},
    "reviews.Assignment": {"assigned"},
    "reviews.DraftDecision": {"prepared"},
    "reviews.Proposal": {"draft", "frozen"},
}


def is_born(model, **columns):
    """Whether the rule lets such a row begin; what else it lacks is judged after the rule."""
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"insert into {model._meta.db_table} ({names}) values ({places})", [*columns.values()])
    except IntegrityError as refused:
        return "does not begin as" not in str(refused)
    return True


def test_every_machine_is_named_here():
    machines = {model._meta.label for model in apps.get_models() if issubclass(model, Stateful) and model._meta.managed}

    assert set(MACHINES) == machines


@pytest.mark.parametrize("name", MACHINES)
def test_a_row_begins_in_a_first_state_and_in_no_other(name):
    model = apps.get_model(name)

    rest = {"channel": "portal"} if name == "applications.Application" else {}

    found = {state for state, _label in model._meta.get_field("state").choices if is_born(model, state=state, **rest)}

    assert found == MACHINES[name]


def test_only_an_application_on_paper_begins_submitted():
    model = apps.get_model("applications.Application")

    assert is_born(model, state="submitted", channel="paper")
    assert not is_born(model, state="submitted", channel="portal")
    assert not is_born(model, state="in_screening", channel="paper")
