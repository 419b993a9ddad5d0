"""The machines beside files and calls: which of their edges each act takes, found while the tables are tried."""

from collections.abc import Collection
from pathlib import Path

from calls.choices import CORRIGENDUM_EDGES
from calls.models import Corrigendum
from portal.core.stateful import Stateful
from reviews.choices import ASSIGNMENT_EDGES, DRAFT_EDGES, PROPOSAL_EDGES
from reviews.models import Assignment, DraftDecision, Proposal

PATH = Path(__file__).parent / "edges_of_others.txt"
OTHERS: dict[str, type[Stateful]] = {
    "assignment": Assignment,
    "corrigendum": Corrigendum,
    "draft decision": DraftDecision,
    "proposal": Proposal,
}
EDGES = {
    *(("assignment", *edge) for edge in ASSIGNMENT_EDGES),
    *(("corrigendum", *edge) for edge in CORRIGENDUM_EDGES),
    *(("draft decision", *edge) for edge in DRAFT_EDGES),
    *(("proposal", *edge) for edge in PROPOSAL_EDGES),
}
HEAD = """\
What each act does to the machines beside files and calls (tests/process/others.py): act, machine, from, to.
Written again with the tables.

"""
# Act, machine, state before, state after.
Move = tuple[str, str, str, str]
States = dict[tuple[str, int], str]


def states() -> States:
    """Every row of these machines, and where it stands."""
    return {
        (name, pk): state for name, model in OTHERS.items() for pk, state in model.objects.values_list("pk", "state")
    }


def moves(act: str, before: States) -> set[Move]:
    """What the act has done to them."""
    after = states()
    return {(act, key[0], before[key], after[key]) for key in before.keys() & after.keys() if before[key] != after[key]}


def read() -> set[Move]:
    """What is committed."""
    lines = PATH.read_text(encoding="utf-8").partition("\n\n")[2].splitlines()
    return {(act, name, before, after) for act, name, before, after in (line.split(" | ") for line in lines)}


def write(found: Collection[Move]) -> None:
    """What was found is committed."""
    PATH.write_text(HEAD + "".join(" | ".join(move) + "\n" for move in sorted(found)), encoding="utf-8")
