"""Every public text of a call by a name of its own: its place among the rows, and in the contract. Changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from calls.contract import LANGUAGES
from calls.models import Call, Choice, Criterion, GrantCondition
from calls.readiness import rows_with_texts
from calls.translation import MAY_BE_EMPTY, TRANSLATED
from calls.whole import read_whole

# Kind of row to its words, and to the list of the contract in which its code is unique.
KINDS: Mapping[str, tuple[str | Promise, str]] = {
    "call": (pgettext_lazy("text", "Call"), ""),
    "lot": (pgettext_lazy("text", "Lot"), "lots"),
    "track": (pgettext_lazy("text", "Track"), "tracks"),
    "budgetheading": (pgettext_lazy("text", "Budget heading"), "headings"),
    "screeningitem": (pgettext_lazy("text", "Admissibility or eligibility"), "screening"),
    "criterion": (pgettext_lazy("text", "Criterion"), "criteria"),
    "grantcondition": (pgettext_lazy("text", "Condition of a grant"), "conditions"),
    "annexrequirement": (pgettext_lazy("text", "Annex"), "annexes"),
    "section": (pgettext_lazy("text", "Section of the form"), "sections"),
    "question": (pgettext_lazy("text", "Question"), "sections"),
    "choice": (pgettext_lazy("text", "Answer to choose"), "sections"),
}


_MODELS: list[Any] = list(TRANSLATED)


@dataclass(frozen=True)
class PublicText:
    """One field of one row; `key` names it for good, such as "criterion:C3:guidance"."""

    key: str
    row: models.Model
    field: str

    @property
    def may_be_empty(self) -> bool:
        """Help may stay empty, but then in both languages."""
        return self.field in MAY_BE_EMPTY

    @property
    def is_of_a_criterion(self) -> bool:
        """Frozen for good by the first submission."""
        return isinstance(self.row, Criterion)

    @property
    def label(self) -> str:
        """Where a reader finds the text."""
        return label_of(self.key)

    def words(self) -> dict[str, str]:
        """The text in each language, as the row holds it."""
        return {code: getattr(self.row, f"{self.field}_{code}") or "" for code in LANGUAGES}


def texts_of(call: Call) -> dict[str, PublicText]:
    """Every public text of the call by its key, in the order of the page."""
    read_whole(call)
    found = [
        PublicText(f"{row._meta.model_name}:{_code(row)}:{field}", row, field)
        for _anchor, row in rows_with_texts(call)
        for field in TRANSLATED[type(row)]
    ]
    return {text.key: text for text in found}


def label_of(key: str) -> str:
    """The words for a key, in the reader's language: "Criterion C3, guidance"."""
    kind, code, field = key.split(":")
    words = KINDS[kind][0]
    model: Any = next(model for model in _MODELS if model._meta.model_name == kind)
    name = model._meta.get_field(field).verbose_name
    return f"{words}, {name}" if kind == "call" else f"{words} {code}, {name}"


def words_in(contract: dict[str, Any], key: str) -> dict[str, str]:
    """The text in each language, as the contract holds it; the mapping is the contract's own, so it can be changed."""
    kind, code, field = key.split(":")
    found: dict[str, str] = _place(contract, kind, code)[field]
    return found


def _place(contract: dict[str, Any], kind: str, code: str) -> dict[str, Any]:
    rows = contract.get(KINDS[kind][1], [])
    match kind:
        case "call":
            return contract
        case "grantcondition":
            found: dict[str, Any] = rows[int(code) - 1]
            return found
        case "question":
            return _named(_questions(rows), code)
        case "choice":
            question, _slash, choice = code.partition("/")
            return _named(_named(_questions(rows), question)["choices"], choice)
    return _named(rows, code)


def _questions(sections: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [question for section in sections for question in section["questions"]]


def _named(rows: Iterable[dict[str, Any]], code: str) -> dict[str, Any]:
    return next(row for row in rows if row["code"] == code)


def _code(row: Any) -> str:
    """What tells the row from its sisters in the call."""
    if isinstance(row, GrantCondition):
        return str(row.position)
    if isinstance(row, Choice):
        return f"{row.question.code}/{row.code}"
    return str(row.reference if isinstance(row, Call) else row.code)
