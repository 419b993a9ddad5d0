"""What keeps other words from standing in a published call, and how its corrigenda are read. Writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.choices import CorrigendumKind
from calls.contract import LANGUAGES
from calls.models import Call, Corrigendum
from calls.public_texts import PublicText, label_of, texts_of, words_in
from calls.readiness import NAMES
from calls.reading import Words, column_words
from portal.core.dates import long_moment
from portal.core.exceptions import Problem

Change = dict[str, str]
DEADLINE = "deadline"


def missing_before_correction(call: Call, changes: Mapping[str, Mapping[str, str]]) -> list[Problem]:
    """Each text is one of the call's, complete in French and Dutch afterwards, and not frozen for good."""
    texts = texts_of(call)
    problems = [problem for key, words in changes.items() for problem in _trouble(call, texts.get(key), words)]
    if not problems and not any(_differs(texts[key], words) for key, words in changes.items()):
        return [Problem("nothing_new", _("Change at least one word: the texts are the same as before."), "#id_text_fr")]
    return problems


def is_frozen(call: Call, text: PublicText) -> bool:
    """From the first submission on no word of a criterion changes any more."""
    return text.is_of_a_criterion and call.first_submitted_at is not None


def frozen_for_good() -> Problem:
    """The same rule as a sentence."""
    return Problem("frozen", _("An application was submitted: the criteria can no longer change."), "#id_text")


def stale(contract: dict[str, Any], changes: list[Change]) -> list[Problem]:
    """What is corrected must still stand as it stood when the correction was written."""
    if all(words_in(contract, change["text"])[change["language"]] == change["before"] for change in changes):
        return []
    return [Problem("stale", _("The text was changed meanwhile by another corrigendum. Propose this one again."))]


def _trouble(call: Call, text: PublicText | None, words: Mapping[str, str]) -> Iterator[Problem]:
    if text is None:
        yield Problem("no_text", _("Choose a text of this call."), "#id_text")
        return
    if is_frozen(call, text):
        yield frozen_for_good()
    after = {**text.words(), **words}
    filled = {code for code in NAMES if after[code].strip()}
    if filled != set(NAMES) and (filled or not text.may_be_empty):
        absent = " + ".join(NAMES[code] for code in NAMES if code not in filled)
        code = next(code for code in NAMES if code not in filled)
        yield Problem("text_missing", _("Write the text in %(languages)s.") % {"languages": absent}, f"#id_text_{code}")
    if any(len(after[code]) > (_longest(text) or len(after[code])) for code in LANGUAGES):
        yield Problem(
            "too_long", _("The text has at most %(most)s characters.") % {"most": _longest(text)}, "#id_text_fr"
        )


def _longest(text: PublicText) -> int | None:
    return getattr(text.row._meta.get_field(text.field), "max_length", None)


def _differs(text: PublicText, words: Mapping[str, str]) -> bool:
    before = text.words()
    return any(before[language] != after.strip() for language, after in words.items())


@dataclass(frozen=True)
class ChangeRead:
    """One change in words."""

    label: str
    language: str
    before: str
    after: str


@dataclass(frozen=True)
class CorrigendumRead:
    """A corrigendum as a page shows it."""

    corrigendum: Corrigendum
    reason: Words
    changes: list[ChangeRead]


def corrigenda_as_read(rows: list[Corrigendum]) -> list[CorrigendumRead]:
    """Each with its reason in the reader's language and its changes in words."""
    language = get_language() or "fr"
    return [
        CorrigendumRead(row, column_words(row, "reason", language), [_read(row, change) for change in row.changes])
        for row in rows
    ]


def _read(corrigendum: Corrigendum, change: Change) -> ChangeRead:
    if corrigendum.kind == CorrigendumKind.DEADLINE:
        language = get_language() or "fr"
        shown = [long_moment(datetime.fromisoformat(change[name]), language) for name in ("before", "after")]
        return ChangeRead(_("Deadline"), "", *shown)
    return ChangeRead(label_of(change["text"]), change["language"], change["before"], change["after"])
