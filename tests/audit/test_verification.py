"""The check of the chain finds the right row, whoever altered it; and says so at the prompt."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from portal.audit.checks import the_chain_is_append_only
from portal.audit.models import Event
from portal.audit.services import record
from portal.audit.verification import verify
from tests.audit.owner import as_owner, as_owner_with_the_rules_off

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = 12
ALTERED = 7


@pytest.fixture(autouse=True)
def no_events(transactional_db):
    """The chain begins with this test: the code lists that were loaded at set-up left events too."""
    with as_owner_with_the_rules_off() as owner:
        owner.execute("delete from audit_event")


@pytest.fixture
def chain(no_events):
    """Twelve events, committed."""
    for number in range(EVENTS):
        record("call.published", on=f"call:{number}", by=None, data={"number": number, "letter": "é"})


def test_an_empty_chain_holds():
    verdict = verify()

    assert verdict.holds
    assert (verdict.count, verdict.head) == (0, "")


def test_a_chain_that_nobody_touched_holds(chain):
    verdict = verify()

    assert verdict.holds
    assert verdict.count == EVENTS
    assert verdict.head == Event.objects.newest_first().first().fingerprint


@pytest.mark.parametrize(
    ("alteration", "why"),
    [
        ("update audit_event set payload = payload || ' ' where seq = 7", "does not match its fingerprint"),
        ("update audit_event set hash = sha256('x') where seq = 7", "does not match its fingerprint"),
        ("update audit_event set prev = sha256('x') where seq = 7", "does not continue"),
        ("update audit_event set verb = 'call.cancelled' where seq = 7", "columns differ"),
        ("update audit_event set actor = 'officer:1' where seq = 7", "columns differ"),
        ("update audit_event set object = 'call:x' where seq = 7", "columns differ"),
        ("update audit_event set at = at + interval '1 second' where seq = 7", "columns differ"),
        ("update audit_event set at = at + interval '1 microsecond' where seq = 7", "columns differ"),
        ("update audit_event set data = '{\"number\": 70}' where seq = 7", "columns differ"),
    ],
)
def test_an_altered_event_is_found_even_when_the_owner_altered_it(chain, alteration, why):
    with as_owner_with_the_rules_off() as owner:
        owner.execute(alteration)

    with override("en"):
        verdict = verify()

    assert verdict.broken_at == ALTERED
    assert verdict.count == ALTERED - 1
    assert why in verdict.why


def test_an_event_recomputed_by_a_forger_breaks_the_next_one(chain):
    with as_owner_with_the_rules_off() as owner:
        owner.execute(
            "update audit_event set object = 'call:x', payload = replace(payload, 'call:6', 'call:x'), "
            "hash = sha256(prev || convert_to(replace(payload, 'call:6', 'call:x'), 'UTF8')) where seq = 7"
        )

    assert verify().broken_at == ALTERED + 1


def test_a_removed_event_is_named(chain):
    with as_owner_with_the_rules_off() as owner:
        owner.execute("delete from audit_event where seq = 7")

    with override("en"):
        verdict = verify()

    assert verdict.broken_at == ALTERED + 1
    assert verdict.why == "event 7 is missing"


def test_even_the_owner_is_refused_while_the_rules_are_on(chain):
    for attack in ("update audit_event set verb = 'x'", "delete from audit_event", "truncate audit_event"):
        with pytest.raises(Exception, match="append-only"), as_owner() as owner:
            owner.execute(attack)

    assert verify().count == EVENTS


def test_a_tail_that_is_cut_off_shows_in_the_number_and_the_fingerprint_noted_outside(chain):
    noted = verify()
    with as_owner_with_the_rules_off() as owner:
        owner.execute("delete from audit_event where seq > 10")

    found = verify()

    assert found.holds
    assert (found.count, found.head) != (noted.count, noted.head)


def test_the_command_prints_the_number_and_the_fingerprint(chain, capsys):
    call_command("verify_audit")

    said = capsys.readouterr().out
    assert f"events  {EVENTS}" in said
    assert verify().head in said
    assert "The chain holds." in said


def test_the_command_says_the_same_to_a_machine(chain, capsys):
    call_command("verify_audit", "--json")

    assert json.loads(capsys.readouterr().out) == {"events": EVENTS, "head": verify().head, "verdict": "holds"}


@pytest.mark.parametrize("how", [[], ["--json"]])
def test_the_command_ends_with_1_and_names_the_event(chain, capsys, how):
    with as_owner_with_the_rules_off() as owner:
        owner.execute("update audit_event set verb = 'x' where seq = 7")

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", *how)

    assert ended.value.code == 1
    assert f"broken at event {ALTERED}" in capsys.readouterr().out


def test_facts_in_the_column_are_the_facts_in_the_text(chain):
    for event in Event.objects.all():
        assert json.loads(event.payload.split("\n")[-1]) == event.data


def test_the_system_check_is_content_with_the_rights_of_the_application(settings):
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone()[0] == settings.DATABASE_APP_ROLE
    assert the_chain_is_append_only(databases=["default"]) == []


def test_the_system_check_names_the_rights_that_are_too_many(settings):
    with as_owner() as owner:
        owner.execute(f"grant update, delete on audit_event to {settings.DATABASE_APP_ROLE}")
    try:
        found = the_chain_is_append_only(databases=["default"])
    finally:
        with as_owner() as owner:
            owner.execute(f"revoke update, delete on audit_event from {settings.DATABASE_APP_ROLE}")

    assert [error.id for error in found] == ["audit.E001"]
    assert "update, delete" in found[0].msg
