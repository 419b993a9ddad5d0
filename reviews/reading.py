"""A version as people read it: what was handed in, beside the words of the call's contract. Writes nothing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from applications.choices import IncomeKind
from applications.models import Version
from calls.choices import NO, YES, QuestionKind
from calls.reading import call_as_read, column_words
from portal.codelists.models import Goal, Sector
from portal.core.dates import long_day
from portal.core.organisation_numbers import show_enterprise_number, show_iban
from portal.organisations.choices import LegalForm

HUNDRED = Decimal(100)
Pairs = list[tuple[Any, Any]]
LEGAL_FORMS = dict(LegalForm.choices)


@dataclass(frozen=True)
class AnswerRead:
    """A question with its answer; `is_typed` tells the applicant's own words from one of the call's choices."""

    question: Any
    text: Any
    is_typed: bool


@dataclass(frozen=True)
class HeadingRead:
    """A heading of the budget with its lines, in euro."""

    title: Any
    lines: list[dict[str, Any]]
    total: Decimal


@dataclass(frozen=True)
class AnnexRead:
    """An attached file, under the requirement that it answers."""

    code: str
    title: Any
    name: str
    size: int
    sha256: str


class Reading:
    """One version in the language of the reader; what the applicant typed stays in the applicant's language.

    Labels come from the frozen contract of the call, so that old files keep the words under which they were made.
    """

    def __init__(self, version: Version) -> None:
        self.version = version
        self.language = get_language() or "fr"
        self.content: dict[str, Any] = json.loads(version.content)

    @property
    def project(self) -> dict[str, Any]:
        """The fields that every application has, as they were handed in."""
        found: dict[str, Any] = self.content["project"]
        return found

    @property
    def title(self) -> str:
        """The title as it was handed in."""
        return str(self.project["title"])

    @property
    def typed_in(self) -> str:
        """The language of the file."""
        return str(self.content["language"])

    @cached_property
    def call(self) -> dict[str, Any]:
        """The call as it was published, in the reader's language."""
        return call_as_read(self.version.application.call, self.language)

    @property
    def headline(self) -> list[Any]:
        """Lot, track and duration, for the line above the title."""
        lot = _titled(self.call["lots"], self.project["lot"])
        return [part for part in (lot, self.track, self.duration) if part]

    @property
    def track(self) -> Any:
        """The kind of applicant."""
        return _titled(self.call["tracks"], self.project["track"])

    @property
    def duration(self) -> str:
        """The duration in months."""
        months = self.project["duration"] or 0
        return ngettext("%(number)s month", "%(number)s months", months) % {"number": months} if months else ""

    def applicant(self) -> Pairs:
        """Who applies."""
        told = self.content["applicant"]
        seat = f"{told['street']}, {told['postcode']} {told['city']}"
        return _filled(
            [
                (_("Name"), told["name"]),
                (_("Legal form"), LEGAL_FORMS.get(told["legal_form"], told["legal_form"])),
                (_("Enterprise number"), show_enterprise_number(told["enterprise_number"])),
                (_("Seat"), seat),
                (_("Bank account"), show_iban(told["iban"]) if told["iban"] else ""),
            ]
        )

    def facts(self) -> Pairs:
        """Where, with whom, when, for which goals; two queries for the names of the codes."""
        told = self.project
        goals = Goal.objects.filter(code__in=told["goals"])
        sector = Sector.objects.filter(code=told["sector"]).first() if told["sector"] else None
        starts_on = date.fromisoformat(told["starts_on"]) if told["starts_on"] else None
        return _filled(
            [
                (_("Lot"), _titled(self.call["lots"], told["lot"])),
                (_("Track"), self.track),
                (_("Place"), told["place"]),
                (_("Local partner"), told["partner_name"]),
                (_("Start"), long_day(starts_on, self.language) if starts_on else ""),
                (_("Duration"), self.duration),
                (_("Goals"), " · ".join(f"{goal.code} {column_words(goal, 'name', self.language)}" for goal in goals)),
                (_("Sector"), f"{sector.code} {column_words(sector, 'name', self.language)}" if sector else ""),
            ]
        )

    def sections(self) -> list[tuple[Any, list[AnswerRead]]]:
        """The form, section by section, with the questions that were answered."""
        told = {answer["question"]: answer["text"] for answer in self.content["answers"]}
        found = [
            (section["title"], [_answer(row, told[row["code"]]) for row in section["questions"] if row["code"] in told])
            for section in self.call["sections"]
        ]
        return [(title, answers) for title, answers in found if answers]

    def headings(self) -> list[HeadingRead]:
        """The expenses under the headings of the call, those without a line left out."""
        lines = [
            {**line, **_amounts(line, "quantity", "unit_cost", "amount")} for line in self.content["budget"]["lines"]
        ]
        found = [(row, [line for line in lines if line["heading"] == row["code"]]) for row in self.call["headings"]]
        return [
            HeadingRead(_title(row), own, sum((line["amount"] for line in own), Decimal(0)))
            for row, own in found
            if own
        ]

    @cached_property
    def totals(self) -> dict[str, Decimal]:
        """Direct and indirect costs, all expenses, the grant asked, in euro; and the rate of the grant in %."""
        totals = _amounts(self.content["budget"], "direct", "indirect", "expenses", "requested")
        share = totals["requested"] * HUNDRED / totals["expenses"] if totals["expenses"] else Decimal(0)
        return {**totals, "rate": share.quantize(Decimal("0.01"))}

    def income(self) -> list[tuple[Any, Decimal]]:
        """Where the money comes from, in euro."""
        told = self.content["budget"]["income"]
        return [(kind.label, Decimal(told[kind])) for kind in IncomeKind if kind in told]

    @property
    def scan(self) -> dict[str, Any] | None:
        """The scan of a version that came on paper: its name, size and fingerprint."""
        found: dict[str, Any] | None = self.content.get("paper", {}).get("scan")
        return found

    def name_of(self, sha256: str) -> str:
        """The name under which this version holds the file; nothing when it does not hold it."""
        files = [*self.content["annexes"], *([self.scan] if self.scan else [])]
        return next((str(row["name"]) for row in files if row["sha256"] == sha256), "")

    def annexes(self) -> list[AnnexRead]:
        """The files in the order of the call's requirements."""
        titles = {row["code"]: row["title"] for row in self.call["annexes"]}
        return [
            AnnexRead(row["annex"], titles.get(row["annex"], ""), row["name"], row["size"], row["sha256"])
            for row in self.content["annexes"]
        ]


def _answer(question: dict[str, Any], text: str) -> AnswerRead:
    match question["kind"]:
        case QuestionKind.YES_NO:
            return AnswerRead(question["label"], {YES: _("Yes"), NO: _("No")}.get(text, text), is_typed=False)
        case QuestionKind.CHOICE:
            labels = {choice["code"]: choice["label"] for choice in question["choices"]}
            return AnswerRead(question["label"], labels.get(text, text), is_typed=False)
    return AnswerRead(question["label"], text, is_typed=True)


def _titled(rows: Iterable[dict[str, Any]], code: str | None) -> SafeString | str:
    row = next((row for row in rows if row["code"] == code), None)
    return _title(row) if row else ""


def _title(row: dict[str, Any]) -> SafeString:
    # As HTML, so that a title in another language than the page's keeps the mark that says so.
    return format_html("{} · {}", row["code"], row["title"])


def _amounts(row: dict[str, Any], *names: str) -> dict[str, Decimal]:
    return {name: Decimal(row[name]) for name in names}


def _filled(pairs: Pairs) -> Pairs:
    return [(term, value) for term, value in pairs if value]
