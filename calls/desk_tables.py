"""Everything a call says, as tables with French and Dutch side by side. Draws nothing and decides nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.choices import AutomaticCheck, ItemKind, QuestionKind
from calls.translation import MAY_BE_EMPTY
from portal.core.money import show_amount, show_number

Read = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """One text in both languages. Either may be missing; both may, where the field allows it."""

    fr: str
    nl: str
    is_required: bool = True

    @property
    def lacks_fr(self) -> bool:
        """French is missing."""
        return not self.fr.strip() and (self.is_required or bool(self.nl.strip()))

    @property
    def lacks_nl(self) -> bool:
        """Dutch is missing."""
        return not self.nl.strip() and (self.is_required or bool(self.fr.strip()))


@dataclass(frozen=True)
class Row:
    """One line: what it is called, its texts, and its facts in the order of the table's columns."""

    code: str
    texts: list[Pair]
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """One part of the call; the readiness list leads to its anchor."""

    anchor: str
    title: str
    columns: list[str]
    rows: list[Row]

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, str]]]]:
        """Each row with its facts, each fact under the name of its column."""
        return [(row, list(zip(self.columns, row.facts, strict=True))) for row in self.rows]


def tables_of(read: Read) -> list[Table]:
    """The parts of the call in the order of the page; `read` holds each text under fr, nl and en."""
    return [_texts(read), _tracks(read), _lots(read), _headings(read), *_judgement(read), *_form(read)]


def _pairs(row: Read, *names: str) -> list[Pair]:
    found = [(name, row[name]) for name in names]
    return [Pair(text["fr"], text["nl"], is_required=name not in MAY_BE_EMPTY) for name, text in found]


def _table(anchor: str, title: str, columns: list[str], rows: Iterable[Read], make: Callable[[Read], Row]) -> Table:
    return Table(anchor, title, columns, [make(row) for row in rows])


def _texts(read: Read) -> Table:
    names = {"title": _("Title"), "summary": _("Summary"), "description": _("Description")}
    rows = [Row(label, _pairs(read, name)) for name, label in names.items()]
    return Table("texts", _("Public texts"), [], rows)


def _tracks(read: Read) -> Table:
    def row(track: Read) -> Row:
        amounts = [_euro(track["grant_minimum"]), _euro(track["grant_maximum"]), _percent(track["rate_maximum"])]
        return Row(track["code"], _pairs(track, "title"), amounts)

    columns = [_("Smallest grant"), _("Largest grant"), _("Highest rate")]
    return _table("tracks", _("Tracks"), columns, read["tracks"], row)


def _lots(read: Read) -> Table:
    def row(lot: Read) -> Row:
        return Row(lot["code"], _pairs(lot, "title"), [_euro(lot["amount"])])

    return _table("lots", _("Lots"), [_("Amount")], read["lots"], row)


def _headings(read: Read) -> Table:
    def row(heading: Read) -> Row:
        kind = _("direct") if heading["is_direct"] else _("indirect")
        return Row(heading["code"], _pairs(heading, "title"), [kind, _percent(heading["cap"])])

    return _table("headings", _("Budget headings"), [_("Costs"), _("Cap")], read["headings"], row)


def _judgement(read: Read) -> list[Table]:
    def item(row: Read) -> Row:
        curable = _("yes") if row["is_curable"] else _("no")
        facts = [str(ItemKind(row["kind"]).label), curable, str(AutomaticCheck(row["check"]).label)]
        return Row(row["code"], _pairs(row, "text", "evidence"), facts)

    def criterion(row: Read) -> Row:
        facts = [_percent(Decimal(row["weight"])), _percent(row["minimum"])]
        return Row(row["code"], _pairs(row, "title", "guidance"), facts)

    columns = [_("Question"), _("Can be corrected"), _("Checked by")]
    conditions = [Row(str(place), _pairs(row, "text")) for place, row in enumerate(read["conditions"], start=1)]
    return [
        _table("screening_items", _("Admissibility and eligibility"), columns, read["screening"], item),
        _table("criteria", _("Criteria"), [_("Weight"), _("Minimum")], read["criteria"], criterion),
        Table("conditions", _("Conditions of a grant"), [], conditions),
    ]


def _form(read: Read) -> list[Table]:
    def annex(row: Read) -> Row:
        asked = _("always")
        if row["track"]:
            asked = _("track %(code)s") % {"code": row["track"]}
        elif row["question"]:
            asked = _("after a yes to %(code)s") % {"code": row["question"]}
        return Row(row["code"], _pairs(row, "title", "help_text"), [asked])

    questions = [line for section in read["sections"] for line in _section(section)]
    columns = [_("Answer"), _("Required"), _("Most words")]
    return [
        Table("form", _("Form"), columns, questions),
        _table("annexes", _("Annexes"), [_("Asked")], read["annexes"], annex),
    ]


def _section(section: Read) -> Iterable[Row]:
    yield Row(section["code"], _pairs(section, "title", "introduction"), [_("section"), "", ""])
    for question in section["questions"]:
        options = [pair for choice in question["choices"] for pair in _pairs(choice, "label")]
        facts = [
            str(QuestionKind(question["kind"]).label),
            _("yes") if question["is_required"] else _("no"),
            str(question["words_maximum"] or ""),
        ]
        yield Row(question["code"], [*_pairs(question, "label", "help_text"), *options], facts)


def _euro(value: Decimal) -> str:
    return show_amount(value, get_language() or "fr")


def _percent(value: Decimal | None) -> str:
    return f"{show_number(value, get_language() or 'fr')}\u00a0%" if value else "–"
