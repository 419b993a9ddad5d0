"""Every step of a file × every act × every role, as table.txt says; an act without a block fails.

Whatever is tried is rolled back. An act answers with a state or with a refusal: any other exception is a defect.
"""

import os
from inspect import isfunction

import pytest
from django.db import connection, transaction

import applications.services
import calls.services
import reviews.services
from applications.choices import EDGES, State
from applications.models import Application
from portal.core.exceptions import NotAllowed, NotReady
from tests.process import table
from tests.process.acts import ACTS, BY_THE_SYSTEM, Attempt, Stand
from tests.process.people import OUTSIDERS, ROLES, Actor, acting_as
from tests.process.stands import WALKS, branch

WRITES = "WRITE_TABLE" in os.environ
SYSTEM = "system"
# They begin a file, prepare or publish a call, or only read.
NOT_ABOUT_A_FILE = {
    *("start_application", "register_paper_application"),
    *("draft_call", "propose_publication", "return_to_draft", "publish_call", "archive_call"),
    *("propose_corrigendum", "issue_corrigendum", "discard_corrigendum"),
    *("standing_reserve", "waits_on_reserve"),
}
# Two edges in one act: the reviews were complete before the file came (back) to review.
THROUGH_REVIEW = {(State.IN_SCREENING, State.REVIEWED), (State.CORRECTION_REQUESTED, State.REVIEWED)}
REFUSED = ("403", "no:")
# The database knows this edge, and no act takes it: an approved list is notified before its call may be cancelled.
NEVER_TAKEN = {(State.APPROVED, State.CALL_CANCELLED)}
found: table.Rows = {}


@pytest.mark.django_db
@pytest.mark.parametrize("walk", WALKS)
def test_every_act_answers_everybody_as_the_table_says(walk):
    rows = {}
    for stand in WALKS[walk]():
        assert stand.file.state == stand.state, stand.name
        rows |= tried_by_everybody(stand)
    found.update(rows)
    committed = rows if WRITES else table.read()

    assert list(differences(rows, committed)) == []


def test_the_table_is_written_when_asked():
    if WRITES:
        table.write(found, [*ROLES, SYSTEM])

    assert {step.partition(":")[0] for _act, step in table.read()} == set(State)


def tried_by_everybody(stand: Stand) -> table.Rows:
    """Every act at this step, by each role; a periodic job by nobody."""
    acts = stand.only or ACTS.keys()
    rows: table.Rows = {(name, stand.name): {} for name in acts}
    for role in ROLES.keys() - (OUTSIDERS if stand.only else set()):
        with branch(), acting_as(role) as actor:
            for name in acts - BY_THE_SYSTEM:
                rows[name, stand.name] |= cell(name, stand, role, actor)
    for name in acts & BY_THE_SYSTEM:
        rows[name, stand.name] = cell(name, stand, SYSTEM, None)
    return rows


def cell(name: str, stand: Stand, role: str, actor: Actor | None) -> dict[str, str]:
    """What this role meets; nothing where there is nothing to act on."""
    attempt = ACTS[name](stand, actor and actor.again())
    return {role: answer(attempt, stand)} if attempt else {}


def answer(attempt: Attempt, stand: Stand) -> str:
    """What follows, in the words of the table; nothing of it stays."""
    try:
        with transaction.atomic():
            attempt()
            connection.check_constraints()
            after = Application.objects.values_list("state", flat=True).get(pk=stand.file.pk)
            transaction.set_rollback(True)
    except NotAllowed:
        return "403"
    except NotReady as refusal:
        return f"no:{refusal.problems[0].code}"
    except Exception as defect:  # noqa: BLE001 - whatever it is, it is not a refusal that tells a person what to do
        return f"DEFECT:{type(defect).__name__}"
    return "same" if after == stand.state else after


def differences(rows: table.Rows, committed: table.Rows):
    for key, row in rows.items():
        for role, met in row.items():
            said = committed.get(key, {}).get(role, "nothing")
            if met != said or met.startswith("DEFECT"):
                yield f"{' at '.join(key)} by {role}: {met} instead of {said}"
        if not row and committed.get(key):
            yield f"{' at '.join(key)}: nothing to act on any more"


def test_every_service_stands_in_the_table():
    exported = {
        name
        for package in (applications.services, calls.services, reviews.services)
        for name in package.__all__
        if isfunction(getattr(package, name))
    }
    listed = {name.partition(":")[0] for name in ACTS}

    assert exported == listed | NOT_ABOUT_A_FILE
    assert not listed & NOT_ABOUT_A_FILE
    assert {act for act, _step in table.read()} == set(ACTS)


def test_the_table_takes_every_legal_edge_and_no_other():
    taken = {
        (State(step.partition(":")[0]), State(met))
        for (_act, step), row in table.read().items()
        for met in row.values()
        if met != "same" and not met.startswith(REFUSED)
    }

    assert taken - set(EDGES) == THROUGH_REVIEW
    assert set(EDGES) - taken == NEVER_TAKEN
