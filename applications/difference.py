"""What changed from one version to the next, part by part. Writes nothing, decides nothing."""

import json
from dataclasses import dataclass
from typing import Any

from applications.models import Version

Content = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One part that differs: an answer or an annex, by its code; before and after are texts, or lists of files."""

    kind: str
    code: str
    before: Any
    after: Any


def changes_between(older: Version, newer: Version) -> list[Change]:
    """Every answer, annex and field of the project that differs, in the order of the newer version."""
    before, after = json.loads(older.content), json.loads(newer.content)
    return [
        *_changes("project", before["project"], after["project"]),
        *_changes("answer", _answers(before), _answers(after)),
        *_changes("annex", _annexes(before), _annexes(after)),
    ]


def _changes(kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    codes = [*after, *(code for code in before if code not in after)]
    return [
        Change(kind, code, before.get(code), after.get(code)) for code in codes if before.get(code) != after.get(code)
    ]


def _answers(content: Content) -> dict[str, str]:
    return {row["question"]: row["text"] for row in content["answers"]}


def _annexes(content: Content) -> dict[str, list[Content]]:
    found: dict[str, list[Content]] = {}
    for row in content["annexes"]:
        found.setdefault(row["annex"], []).append(row)
    return found
