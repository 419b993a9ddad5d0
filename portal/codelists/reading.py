"""The files that a code list comes in: which model each feeds, and what its columns mean. Nothing is written here."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.codelists.models import Dated, Goal, LegalBasis, LegalText, PriorityRegion, Sector, Territory

OWN_LISTS = Path(__file__).parent / "lists"
_LANGUAGES = ("fr", "nl", "en")

Line = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """One line of a list: what identifies it, what it says, and whether the list marks it as withdrawn.

    A value that the file leaves empty is not in `values`, so that it never empties what the portal already knows.
    """

    key: dict[str, Any]
    values: dict[str, Any]
    is_withdrawn: bool = False


@dataclass(frozen=True)
class CodeList:
    """A file name, the model it feeds, and how one of its lines reads."""

    name: str
    model: type[Dated]
    entry: Callable[[Line], Entry]
    # A text that letters print word for word changes by a new version only.
    is_fixed: bool = False

    def entries(self, path: Path) -> Iterator[Entry]:
        with path.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                yield self.entry({column: (value or "").strip() for column, value in line.items() if column})


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in values.items() if value not in ("", None)}


def _words(line: Line, column: str, field: str) -> Line:
    return {f"{field}_{language}": line.get(f"{column}_{language}", "") for language in _LANGUAGES}


def _day(line: Line, column: str) -> date | None:
    return date.fromisoformat(line[column]) if line.get(column) else None


def _sector(line: Line) -> Entry:
    return Entry({"code": line["code"]}, _said(_words(line, "name", "name")), line.get("status") == "withdrawn")


def _goal(line: Line) -> Entry:
    values = {**_words(line, "short", "name"), "order": int(line["code"])}
    return Entry({"code": line["code"]}, _said(values))


def _territory(line: Line) -> Entry:
    values = {
        **_words(line, "name", "name"),
        "country_code": line["country_iso2"],
        "subdivision_code": line.get("iso3166_2"),
        "latitude": Decimal(line["latitude"]),
        "longitude": Decimal(line["longitude"]),
        "has_agreement": {"yes": True, "no": False}.get(line.get("agreement", "")),
        "agreement_from": _day(line, "agreement_from"),
        "agreement_until": _day(line, "agreement_until"),
    }
    return Entry({"code": line["slug"]}, _said(values))


def _priority_region(line: Line) -> Entry:
    """The territories are loaded first: a line about one that is not known says which."""
    found = Territory.objects.filter(code=line["territory"]).first()
    if found is None:
        raise ValueError(f"The territory {line['territory']!r} is not in the list of territories.")
    values = {**_words(line, "call", "name"), "territory": found, "year": int(line["year"])}
    return Entry({"code": f"{line['call']}:{line['territory']}"}, _said(values))


def _legal_basis(line: Line) -> Entry:
    values = {**_words(line, "title", "title"), **_words(line, "reference", "reference")}
    return Entry({"code": line["code"]}, _said({**values, "valid_from": _day(line, "valid_from")}))


def _legal_text(line: Line) -> Entry:
    values = {**_words(line, "text", "text"), "valid_from": _day(line, "valid_from")}
    return Entry({"kind": line["kind"], "version": int(line["version"])}, _said(values))


LISTS = {
    "dac-sectors.csv": CodeList("dac-sectors", Sector, _sector),
    "sdg.csv": CodeList("sdg", Goal, _goal),
    "partner-territories.csv": CodeList("partner-territories", Territory, _territory),
    "priority-regions.csv": CodeList("priority-regions", PriorityRegion, _priority_region),
    "legal-bases.csv": CodeList("legal-bases", LegalBasis, _legal_basis),
    "legal-texts.csv": CodeList("legal-texts", LegalText, _legal_text, is_fixed=True),
}


def files_in(path: Path) -> list[Path]:
    """The lists to load: the file itself, or those in a folder whose names the portal knows."""
    candidates = [path] if path.is_file() else [path / name for name in LISTS]
    return [candidate for candidate in candidates if candidate.name in LISTS and candidate.is_file()]
