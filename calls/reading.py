"""A call as people read it: drawn from its contract, each text in the reader's language or, marked, in another."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from calls.contract import LANGUAGES, contract_of
from calls.models import Call
from portal.core.canonical import canonical_json

NUMBERS = {
    "envelope",
    "amount",
    "grant_minimum",
    "grant_maximum",
    "rate_maximum",
    "cap",
    "minimum",
    "indirect_cap",
    "first_instalment",
    "pass_mark",
}
DAYS = {"starts_from", "starts_until", "on"}
MOMENTS = {"opens_at", "closes_at", "at"}


class Words(str):
    """One text in one language. On a page it names its language where that is not the page's own."""

    language: str
    is_other: bool

    # A subclass of str, because a template makes text of every other value before it asks for its HTML.
    def __new__(cls, text: str, language: str, *, is_other: bool = False) -> Self:
        words = super().__new__(cls, text)
        words.language, words.is_other = language, is_other
        return words

    @property
    def text(self) -> str:
        """The bare text, for a page's title or an attribute."""
        return str(self)

    def __html__(self) -> SafeString:
        if not self.is_other:
            return escape(self.text)
        return format_html('<span lang="{}">{}</span>', self.language, self.text)


def in_words(texts: Mapping[str, str], language: str) -> Words:
    """The text in `language`; where there is none, in French, Dutch or English, in that order, and marked so."""
    for code in (language, *LANGUAGES):
        if texts.get(code):
            return Words(texts[code], code, is_other=code != language)
    return Words("", language)


def column_words(row: models.Model, field: str, language: str) -> Words:
    """The words of one translated column of a row, read by column so that no language stands in unseen."""
    return in_words({code: getattr(row, f"{field}_{code}") or "" for code in LANGUAGES}, language)


def call_as_read(call: Call, language: str | None) -> dict[str, Any]:
    """Everything the call says: a published one from its frozen contract, another one from its rows as they stand.

    Texts become `Words` in `language`; without a language they stay side by side, under fr, nl and en. Amounts and
    shares are Decimal (euro, %), days and moments are dates.
    """
    stored = json.loads(call.contract or "{}")
    read: dict[str, Any] = _read(stored or json.loads(canonical_json(contract_of(call))), language)
    return read


def other_languages(read: Any) -> set[str]:
    """The languages that stand in for the reader's own, somewhere in what was read."""
    return {words.language for words in _words_in(read) if words.is_other}


def _words_in(read: Any) -> Iterator[Words]:
    match read:
        case Words():
            yield read
        case dict():
            for value in read.values():
                yield from _words_in(value)
        case list():
            for value in read:
                yield from _words_in(value)


def _read(value: Any, language: str | None, name: str = "") -> Any:
    match value:
        case {"fr": _, "nl": _, "en": _}:
            return in_words(value, language) if language else value
        case dict():
            return {key: _read(part, language, key) for key, part in value.items()}
        case list():
            return [_read(part, language, name) for part in value]
        case str() if name in NUMBERS:
            return Decimal(value)
        case str() if name in DAYS:
            return date.fromisoformat(value)
        case str() if name in MOMENTS:
            return datetime.fromisoformat(value)
    return value
