"""States change through transitions only; the list of legal edges becomes a rule of the database."""

import pytest
from django.db import connection, models
from django_fsm import transition

from portal.core.stateful import StateField, Stateful, legal_edges


class Light(Stateful):
    """A small machine, only for these tests."""

    state = StateField(default="red")

    @transition(field=state, source="red", target="green")
    def go(self) -> None:
        """Cars may pass."""

    class Meta:
        app_label = "core"
        db_table = "test_light"
        managed = False


@pytest.fixture
def light(db):
    with connection.cursor() as cursor:
        cursor.execute("create temporary table test_light (id bigserial primary key, state text not null)")
    yield Light.objects.create()
    with connection.cursor() as cursor:
        cursor.execute("drop table test_light")


def test_a_state_is_not_assigned(light):
    with pytest.raises(AttributeError):
        light.state = "green"


def test_reading_a_row_again_brings_its_state(light):
    Light.objects.filter(pk=light.pk).update(state="green")

    light.refresh_from_db()

    assert light.state == "green"


def test_a_state_stays_protected_after_the_row_is_read_again(light):
    light.refresh_from_db()

    with pytest.raises(AttributeError):
        light.state = "green"


def test_a_state_stays_protected_when_the_row_is_gone(light):
    Light.objects.filter(pk=light.pk).delete()

    with pytest.raises(Light.DoesNotExist):
        light.refresh_from_db()

    with pytest.raises(AttributeError):
        Light(state="red").state = "green"


def test_the_history_of_the_schema_knows_a_state_as_text():
    _name, path, _arguments, named = Light._meta.get_field("state").deconstruct()

    assert path == "django.db.models.CharField"
    assert "protected" not in named


def test_the_edges_are_one_rule_of_the_database():
    class State(models.TextChoices):
        RED = "red"
        GREEN = "green"

    rule = legal_edges("state", [(State.RED, State.GREEN), (State.GREEN, State.RED), (State.RED, State.GREEN)])

    assert rule.name == "legal_state_edges"
    assert rule.transitions == [("green", "red"), ("red", "green")]
