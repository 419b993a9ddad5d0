"""Load a code list: codes are added and renamed, never deleted, and withdrawn only when that is asked for."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.audit.services import record
from portal.codelists.models import Dated
from portal.codelists.reading import LISTS, CodeList, Entry

# A territory of the published list has an agreement unless the list says otherwise.
_WHEN_NOT_SAID = {"partner-territories": {"has_agreement": True}}


class FixedText(ValueError):
    """A legal text of this version stands already with other words: give the new words a new version."""


@dataclass
class Loaded:
    """What a load did to one list."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    # In force here, withdrawn in the file: reported, and withdrawn only on demand.
    left_in_force: int = 0
    # Known here, absent from the file: never touched.
    not_in_the_file: int = 0

    @property
    def wrote(self) -> bool:
        return bool(self.added or self.changed or self.withdrawn)


def load_codelist(path: Path, *, on: date, by: Any = None, withdraw: bool = False) -> Loaded:
    """The codes of the file stand in the portal; returns the counts. Loading the same file twice changes nothing.

    A code that the file marks as withdrawn is withdrawn from `on` when it is new here, or when `withdraw` asks for it.
    """
    codelist = LISTS[path.name]
    loaded = Loaded()
    with transaction.atomic():
        known = {_key_of(codelist, row): row for row in codelist.model._default_manager.select_for_update()}
        seen = set()
        for entry in codelist.entries(path):
            key = tuple(entry.key.values())
            seen.add(key)
            _load_entry(codelist, entry, known.get(key), loaded, on=on, withdraw=withdraw)
        loaded.not_in_the_file = len(known.keys() - seen)
        if loaded.wrote:
            record("codelist.loaded", on=f"codelist:{codelist.name}", by=by, data=asdict(loaded))
    return loaded


def _key_of(codelist: CodeList, row: Dated) -> tuple[Any, ...]:
    columns = ("kind", "version") if codelist.is_fixed else ("code",)
    return tuple(getattr(row, column) for column in columns)


def _load_entry(
    codelist: CodeList, entry: Entry, row: Dated | None, loaded: Loaded, *, on: date, withdraw: bool
) -> None:
    if row is None:
        ends = {"withdrawn_on": on} if entry.is_withdrawn else {}
        values = {**_WHEN_NOT_SAID.get(codelist.name, {}), **entry.values}
        codelist.model._default_manager.create(**entry.key, **values, **ends)
        loaded.added += 1
        return
    new = {column: value for column, value in entry.values.items() if getattr(row, column) != value}
    if new and codelist.is_fixed:
        raise FixedText(f"{row} stands already with other words: give the new words a new version.")
    loaded.changed += bool(new)
    if entry.is_withdrawn and row.withdrawn_on is None:
        new |= {"withdrawn_on": on} if withdraw else {}
        loaded.withdrawn += withdraw
        loaded.left_in_force += not withdraw
    if not new:
        loaded.unchanged += 1
        return
    for column, value in new.items():
        setattr(row, column, value)
    row.save()
