"""What a correction changed, in the reader's words: the last version beside the one before it. Writes nothing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications.difference import Change, changes_between
from applications.models import Version
from reviews.reading import Reading


@dataclass(frozen=True)
class ChangeRead:
    """One part that differs: its label, and what stood there before and stands there now."""

    label: Any
    is_annex: bool
    before: Any
    after: Any


def changes_of_the_correction(reading: Reading) -> list[ChangeRead]:
    """What the version read changed, when it answers a request for correction; nothing for any other version."""
    version = reading.version
    if "correction" not in reading.content:
        return []
    older = version.application.versions.filter(number__lt=version.number).order_by("-number")[0]
    return changes_read(older, reading)


def changes_read(older: Version, reading: Reading) -> list[ChangeRead]:
    """Every part that differs between an older version and the one read."""
    labels = _labels(reading)
    return [_read(change, labels) for change in changes_between(older, reading.version)]


def _read(change: Change, labels: dict[tuple[str, str], Any]) -> ChangeRead:
    is_annex = change.kind == "annex"
    label = labels.get((change.kind, change.code), change.code)
    none: Any = [] if is_annex else ""
    return ChangeRead(label, is_annex, change.before or none, change.after or none)


def _labels(reading: Reading) -> dict[tuple[str, str], Any]:
    call = reading.call
    annexes = {("annex", row["code"]): _annex(row) for row in call["annexes"]}
    sections = call["sections"]
    questions = {("answer", row["code"]): row["label"] for section in sections for row in section["questions"]}
    return annexes | questions


def _annex(row: dict[str, Any]) -> str:
    return _("Annex %(code)s: %(title)s") % {"code": row["code"], "title": row["title"]}
