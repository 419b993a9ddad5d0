"""The chain: numbered without a gap, chained by the database, and closed to every change by the application."""

import hashlib
from types import SimpleNamespace

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from portal.audit.models import Event
from portal.audit.services import name_of, record

OLGA = SimpleNamespace(actor="officer:7c1e")


@pytest.fixture
def three_events(db):
    record("call.published", on="call:SUD2027", by=OLGA, data={"amount": "300000.00", "title": "Échéance"})
    record("application.submitted", on="application:0d5f", by=None)
    record("decision.approved", on="decision:1", by=OLGA, data={"lines": ["a\nb", 'quo"te', "\\"]})


def rows():
    """The chain by plain SQL, as anybody with the rows has it."""
    with connection.cursor() as cursor:
        cursor.execute("select seq, payload, prev, hash from audit_event order by seq")
        return cursor.fetchall()


def test_the_chain_can_be_recomputed_with_sha_256_alone(three_events):
    before = b"\x00"
    for _seq, payload, prev, found in rows():
        assert bytes(prev) == before
        assert bytes(found) == hashlib.sha256(before + payload.encode()).digest()
        before = bytes(found)


def test_the_hashed_text_says_everything_on_six_lines(three_events):
    first = Event.objects.get(verb="call.published")
    number, at, actor, verb, name, facts = first.payload.split("\n")

    assert (number, actor, verb, name) == (str(first.seq), "officer:7c1e", "call.published", "call:SUD2027")
    assert at == f"{first.at:%Y-%m-%dT%H:%M:%S}.{first.at.microsecond // 1000:03d}Z"
    assert facts == '{"title": "Échéance", "amount": "300000.00"}'


def test_a_text_with_line_breaks_stays_on_its_line(three_events):
    assert all(payload.count("\n") == 5 for _seq, payload, _prev, _hash in rows())


def test_numbers_have_no_gap_after_an_act_that_was_rolled_back(db):
    first = record("call.proposed", on="call:1", by=OLGA)
    with transaction.atomic():
        record("call.published", on="call:1", by=OLGA)
        transaction.set_rollback(True)

    assert record("call.returned", on="call:1", by=OLGA) == first + 1


def test_values_that_a_client_makes_up_are_overwritten(three_events):
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_event (seq, at, actor, verb, object, data, payload, prev, hash) "
            "values (999, '2001-01-01', 'officer:7c1e', 'call.published', 'call:2', '{}', 'forged', '\\x01', '\\x02') "
            "returning seq, at > '2020-01-01', payload, hash"
        )
        seq, is_now, payload, found = cursor.fetchone()

    assert seq == Event.objects.count()
    assert is_now
    assert payload.startswith(f"{seq}\n")
    assert bytes(found) != b"\x02"


@pytest.mark.parametrize(
    "attack",
    [
        "update audit_event set verb = 'nothing'",
        "delete from audit_event",
        "truncate audit_event",
        "alter table audit_event disable trigger all",
        "alter table audit_event disable trigger audit_no_change",
        "drop trigger audit_no_change on audit_event",
        "drop table audit_event",
        "set session_replication_role = replica",
        "create or replace function audit_deny() returns trigger language plpgsql as $$ begin return new; end $$",
        "set role convoca_owner",
    ],
)
def test_the_application_is_refused_every_way_to_change_the_chain(three_events, attack):
    before = rows()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)

    assert rows() == before


def test_the_database_says_that_the_application_may_only_add_and_read(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select string_agg(privilege_type, ' ' order by privilege_type) from information_schema.role_table_grants "
            "where table_name = 'audit_event' and grantee = current_user"
        )
        assert cursor.fetchone()[0] == "INSERT SELECT"


@pytest.mark.parametrize("column", ["actor", "verb", "object"])
@pytest.mark.parametrize("value", ["", "two\nlines"])
def test_a_line_break_cannot_pretend_to_be_another_column(db, column, value):
    columns = {"actor": "system", "verb": "v", "object": "o"} | {column: value}

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into audit_event (actor, verb, object) values (%s, %s, %s)", list(columns.values()))


def test_no_e_mail_address_enters_the_chain(db):
    with pytest.raises(ValueError, match="e-mail"):
        record("mail.sent", on="mail:1", by=None, data={"to": "amina@example.org"})


def test_the_system_acts_without_a_person(db):
    record("application.lapsed", on="application:1", by=None)

    assert Event.objects.newest_first()[0].actor == "system"


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("codelist:sdg", "codelist:sdg"),
        (SimpleNamespace(audit_name="call:SUD2027"), "call:SUD2027"),
        (SimpleNamespace(_meta=SimpleNamespace(model_name="desk"), public_id="7c1e", pk=7), "desk:7c1e"),
        (SimpleNamespace(_meta=SimpleNamespace(model_name="desk"), pk=7), "desk:7"),
    ],
)
def test_an_object_is_named_by_its_own_word_or_by_its_kind_and_id(on, name):
    assert name_of(on) == name


def test_the_events_of_one_object_are_found_by_its_name(three_events):
    assert [event.verb for event in Event.objects.about("application:0d5f")] == ["application.submitted"]


def test_the_model_cannot_rewrite_an_event(three_events):
    event = Event.objects.order_by("seq").first()
    event.verb = "nothing"

    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()


def test_a_driver_of_the_application_is_refused_too(three_events):
    """Not only Django: the same role through the bare driver."""
    assert isinstance(connection.connection, psycopg.Connection)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.connection.transaction():
        connection.connection.execute("update audit_event set verb = 'x'")
