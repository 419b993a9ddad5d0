"""Reads the invented texts and moves their dates. All of it is fictitious."""

import json
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}")
# The call of the texts closes on this day; every other date is shifted with it, by whole days.
DEADLINE = date(2027, 3, 15)


@cache
def read(name: str) -> Any:
    """The content of one file of texts."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def stories() -> list[dict[str, Any]]:
    """The applications, as they will be written and judged."""
    found: list[dict[str, Any]] = read("applications")["applications"]
    return found


def organisations() -> dict[str, dict[str, Any]]:
    """The organisations by their code."""
    return {row["code"]: row for row in read("organisations")["organisations"]}


def refusal_of(story: dict[str, Any]) -> dict[str, str]:
    """What an officer writes in the draft that refuses this application at the door."""
    told = story["decision"]
    return {
        "outcome": story["expected_outcome"],
        "conclusion": " ".join([*told["facts"], told["reason"], told["conclusion"]]),
        "why_not_cured": told["why_not_cured"],
    }


def shifted(value: Any, days: int) -> Any:
    """The same texts with every date moved by whole days."""
    if isinstance(value, dict):
        return {key: shifted(part, days) for key, part in value.items()}
    if isinstance(value, list):
        return [shifted(part, days) for part in value]
    if isinstance(value, str) and DAY.match(value):
        moved = date.fromisoformat(value[:10]) + timedelta(days=days)
        return f"{moved.isoformat()}{value[10:]}"
    return value


def renamed(value: Any, year: str) -> Any:
    """The same texts about another year: “Sud 2027” reads “Sud <year>”."""
    if isinstance(value, dict):
        return {key: renamed(part, year) for key, part in value.items()}
    if isinstance(value, list):
        return [renamed(part, year) for part in value]
    return re.sub(r"(Sud|Zuid|South|SUD)(\s?)2027", rf"\g<1>\g<2>{year}", value) if isinstance(value, str) else value
