"""What a journey made, beside what the demo's data expect of it."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

# The letter of each outcome.
LETTERS = {
    "awarded": "award",
    "on_reserve": "reserve",
    "rejected": "rejection",
    "ineligible": "ineligible",
    "inadmissible": "inadmissible",
}


def kinds_of(story: dict[str, Any]) -> list[str]:
    """The kinds of the documents that an application of the demo ends with, in alphabetical order."""
    corrected = ["correction_request", "receipt"] if "correction" in story else []
    return sorted(["receipt", *corrected, LETTERS[story["expected_outcome"]]])


def decisions_of(stories: Iterable[dict[str, Any]]) -> Counter[str]:
    """How many letters of each outcome the stories end with, by kind."""
    return Counter(LETTERS[story["expected_outcome"]] for story in stories)


def told(reference: str, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """One application of the report: its outcome and amount as its decision says them, and its documents.

    It goes by its name in the story (D-001). The portal counts the files of a call as they are begun: the number that
    it gave stands in the numbers of the documents.
    """
    decision = next((row for row in documents if row["outcome"]), {"outcome": "", "amount": "0.00"})
    shown = ("kind", "number", "language", "path", "sha256", "verify_url")
    return {
        "reference": reference,
        "outcome": decision["outcome"],
        "amount": decision["amount"],
        "documents": [{name: row[name] for name in shown} for row in documents],
    }


def points_of(documents: list[dict[str, Any]]) -> str:
    """The points that the decision among these documents states; empty where it states none."""
    return next((str(row["points"]) for row in documents if row["points"]), "")


def differences(report: dict[str, Any], points: dict[str, str], stories: dict[str, Any]) -> list[str]:
    """What the journey made and the data do not agree on, in sentences; `points` are those that the letters state."""
    made = {row["reference"]: row for row in report["applications"]}
    found = [f"{name}: is not in the report" for name in stories if name not in made]
    for name, row in made.items():
        found += [*_of_one(row, stories[name]), *_of_points(name, points.get(name, ""), stories[name])]
    total, expected = _awarded(made.values()), sum(map(_grant, stories.values()), Decimal())
    if total != expected:
        found.append(f"awarded in all: {total} instead of {expected}")
    if report["audit"]["verdict"] != "holds":
        found.append(f"the audit chain: {report['audit']['verdict']}")
    return found


def _of_one(made: dict[str, Any], story: dict[str, Any]) -> list[str]:
    outcome, amount, found = story["expected_outcome"], f"{_grant(story):.2f}", []
    if (made["outcome"], made["amount"]) != (outcome, amount):
        found.append(f"{made['reference']}: {made['outcome']} {made['amount']} instead of {outcome} {amount}")
    kinds = sorted(document["kind"] for document in made["documents"])
    if kinds != kinds_of(story):
        found.append(f"{made['reference']}: documents {kinds} instead of {kinds_of(story)}")
    for document in made["documents"]:
        if document["language"] != story["language"]:
            language = document["language"]
            found.append(f"{made['reference']}: {document['number']} in {language} instead of {story['language']}")
    return found


def _of_points(name: str, points: str, story: dict[str, Any]) -> list[str]:
    expected = story.get("total_score")
    is_right = Decimal(points) == Decimal(expected) if points and expected else bool(points) == bool(expected)
    return [] if is_right else [f"{name}: {points or 'no'} points instead of {expected or 'none'}"]


def _grant(story: dict[str, Any]) -> Decimal:
    return Decimal(story["budget"]["grant_requested"]) if story["expected_outcome"] == "awarded" else Decimal()


def _awarded(rows: Iterable[dict[str, Any]]) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows if row["outcome"] == "awarded"), Decimal())
