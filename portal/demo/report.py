"""What a journey made, beside what the demo's data expect of it."""

from collections import Counter
from collections.abc import Iterable
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
    """One application of the report: its outcome and amount as its decision says them, and its documents."""
    decision = next((row for row in documents if row["outcome"]), {"outcome": "", "amount": "0.00"})
    shown = ("kind", "number", "language", "path", "sha256", "verify_url")
    return {
        "reference": reference,
        "outcome": decision["outcome"],
        "amount": decision["amount"],
        "documents": [{name: row[name] for name in shown} for row in documents],
    }


def differences(report: dict[str, Any], stories: dict[str, Any]) -> list[str]:
    """What the journey made and the data do not agree on, in sentences."""
    found = [sentence for row in report["applications"] for sentence in _of_one(row, stories[row["reference"]])]
    if report["audit"]["verdict"] != "holds":
        found.append(f"the audit chain: {report['audit']['verdict']}")
    return found


def _of_one(made: dict[str, Any], story: dict[str, Any]) -> list[str]:
    outcome, found = story["expected_outcome"], []
    amount = story["budget"]["grant_requested"] if outcome == "awarded" else "0.00"
    if (made["outcome"], made["amount"]) != (outcome, amount):
        found.append(f"{made['reference']}: {made['outcome']} {made['amount']} instead of {outcome} {amount}")
    kinds = sorted(document["kind"] for document in made["documents"])
    if kinds != kinds_of(story):
        found.append(f"{made['reference']}: documents {kinds} instead of {kinds_of(story)}")
    return found
