"""Every step of a file, and of a call, × every act × every role, as the two tables say; an act without a block fails.

Whatever is tried is rolled back. An act answers with a state or with a refusal: any other exception is a defect.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import isfunction
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

import applications.services
import calls.services
import reviews.services
from applications.choices import EDGES, State
from calls.choices import EDGES as CALL_EDGES
from calls.choices import State as CallState
from portal.core.exceptions import NotAllowed, NotReady
from tests.process import others, table
from tests.process.acts import ACTS, BY_THE_SYSTEM, Attempt
from tests.process.branches import branch
from tests.process.calls import CALL_ACTS, CALL_WALKS
from tests.process.people import OUTSIDERS, ROLES, Actor, acting_as
from tests.process.stands import WALKS

WRITES = "WRITE_TABLE" in os.environ
SYSTEM = "system"
# They make a call or the steps of a unit out of nothing, or only read.
IN_NO_TABLE = {"draft_call", "load_external_steps", "standing_reserve", "waits_on_reserve"}


@dataclass(frozen=True)
class Subject:
    """What stands somewhere: its steps, the acts on it, its legal edges, and what is known to differ from them."""

    path: Path
    walks: Mapping[str, Callable[[], Iterator[Any]]]
    acts: Mapping[str, Callable[[Any, Any], Attempt | None]]
    states: Collection[str]
    edges: Collection[tuple[str, str]]
    # Two edges in one act.
    in_two_steps: Collection[tuple[str, str]] = frozenset()
    never_taken: Collection[tuple[str, str]] = frozenset()
    found: table.Rows = field(default_factory=dict)
    walked: set[str] = field(default_factory=set)
    moves: set[others.Move] = field(default_factory=set)


SUBJECTS = {
    "file": Subject(
        table.FOLDER / "table_of_files.txt",
        WALKS,
        ACTS,
        set(State),
        set(EDGES),
        # The reviews were complete before the file came back to review.
        in_two_steps={(State.CORRECTION_REQUESTED, State.REVIEWED)},
    ),
    "call": Subject(table.FOLDER / "table_of_calls.txt", CALL_WALKS, CALL_ACTS, set(CallState), set(CALL_EDGES)),
}


@pytest.mark.early
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "walk"),
    [
        # Each takes long enough to be shared among the processes by itself.
        pytest.param(name, walk, marks=pytest.mark.xdist_group(f"{name} {walk}"), id=f"{name}-{walk}")
        for name, one in SUBJECTS.items()
        for walk in one.walks
    ],
)
def test_every_act_answers_everybody_as_the_table_says(name, walk):
    subject, rows = SUBJECTS[name], {}
    for stand in subject.walks[walk]():
        assert stand.row.state == state_of(stand.name), stand.name
        rows |= tried_by_everybody(subject, stand)
    subject.found.update(rows)
    subject.walked.add(walk)
    assert WRITES or subject.moves <= others.read()
    committed = rows if WRITES else table.read(subject.path)

    assert list(differences(rows, committed)) == []


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_table_has_every_state_and_no_stale_line_and_is_written_when_asked(name):
    subject = SUBJECTS[name]
    if WRITES:
        table.write(subject.found, [*ROLES, SYSTEM], subject.path)

    committed = table.read(subject.path)
    assert {state_of(step) for _act, step in committed} == set(subject.states)
    if subject.walked == set(subject.walks):
        assert set(committed) == set(subject.found), "The table has lines that nothing tries any more: write it again."


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_table_takes_every_legal_edge_and_no_other(name):
    subject = SUBJECTS[name]
    taken = {
        (state_of(step), met)
        for (_act, step), row in table.read(subject.path).items()
        for met in row.values()
        if met not in {"same", "403", table.UNTRIED} and not met.startswith("no:")
    }

    assert taken - set(subject.edges) == set(subject.in_two_steps)
    assert set(subject.edges) - taken == set(subject.never_taken)


def test_the_other_machines_take_every_legal_edge_and_no_other():
    found = {move for subject in SUBJECTS.values() for move in subject.moves}
    if WRITES:
        others.write(found)

    committed = others.read()
    assert {(name, before, after) for _act, name, before, after in committed} == others.EDGES
    if all(subject.walked == set(subject.walks) for subject in SUBJECTS.values()):
        assert committed == found, "The list has moves that nothing makes any more: write it again."


def test_every_service_stands_in_a_table():
    exported = {
        name
        for package in (applications.services, calls.services, reviews.services)
        for name in package.__all__
        if isfunction(getattr(package, name))
    }
    listed = {name.partition(":")[0] for subject in SUBJECTS.values() for name in subject.acts}

    assert exported == listed | IN_NO_TABLE
    assert not listed & IN_NO_TABLE
    for subject in SUBJECTS.values():
        assert {act for act, _step in table.read(subject.path)} == set(subject.acts)


def state_of(step: str) -> str:
    """The state that the name of a step promises."""
    return step.partition(":")[0]


def tried_by_everybody(subject: Subject, stand: Any) -> table.Rows:
    """Every act at this step, by each role; a periodic job by nobody."""
    acts, before = stand.only or subject.acts.keys(), others.states()
    rows: table.Rows = {(name, stand.name): {} for name in acts}
    for role in ROLES.keys() - (OUTSIDERS if stand.only else set()):
        with branch(), acting_as(role) as actor:
            for name in acts - BY_THE_SYSTEM:
                rows[name, stand.name] |= cell(subject, name, stand, role, actor, before)
    for name in acts & BY_THE_SYSTEM:
        rows[name, stand.name] = cell(subject, name, stand, SYSTEM, None, before)
    return rows


def cell(
    subject: Subject, name: str, stand: Any, role: str, actor: Actor | None, before: others.States
) -> dict[str, str]:
    """What this role meets; nothing where there is nothing to act on."""
    attempt = subject.acts[name](stand, actor and actor.again())

    def watched() -> None:
        attempt()
        subject.moves.update(others.moves(name, before))

    return {role: answer(watched, stand)} if attempt else {}


def answer(attempt: Attempt, stand: Any) -> str:
    """What follows, in the words of the table; nothing of it stays."""
    try:
        with transaction.atomic():
            attempt()
            connection.check_constraints()
            after = type(stand.row).objects.values_list("state", flat=True).get(pk=stand.row.pk)
            transaction.set_rollback(True)
    except NotAllowed:
        return "403"
    except NotReady as refusal:
        return f"no:{refusal.problems[0].code}"
    except Exception as defect:  # noqa: BLE001 - whatever it is, it is not a refusal that tells a person what to do
        return f"DEFECT:{type(defect).__name__}"
    return "same" if after == stand.row.state else after


def differences(rows: table.Rows, committed: table.Rows) -> Iterator[str]:
    """Where what was met is not what the table says."""
    for key, row in rows.items():
        for role, met in row.items():
            said = committed.get(key, {}).get(role, "nothing")
            if met != said or met.startswith("DEFECT"):
                yield f"{' at '.join(key)} by {role}: {met} instead of {said}"
        if not row and committed.get(key):
            yield f"{' at '.join(key)}: nothing to act on any more"
