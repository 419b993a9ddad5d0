"""From a document's snapshot to the HTML of its letter, with its facts attached. Printing and sealing lie elsewhere."""

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core.canonical import sha256_hex
from portal.core.money import amount_in_words, show_amount
from portal.documents.choices import Kind
from portal.documents.models import Document
from portal.documents.qr import qr_drawing, verification_address
from portal.documents.render import Attached, style_sheet_path

# Raised by hand when the wording changes in law; the rest of the version follows the templates by itself.
EDITION = "1"
# Beyond this many characters a cell grows so tall that pages would stay half empty.
MOST_REASONS_IN_A_CELL = 300
SHARED_PARTS = "documents/letter.html"

_NUMBERS = {
    "amount",
    "mean",
    "points",
    "minimum_points",
    "weight",
    "total",
    "threshold",
    "last_funded_total",
    "percent",
}


@dataclass(frozen=True)
class Letter:
    """A letter ready to be printed."""

    html: str
    attached: Attached


def write_letter(document: Document) -> Letter:
    """The letter in its own language, whatever the language of the worker; the same document gives the same letter."""
    facts = read_facts(document.content)
    with override(document.language):
        html = get_template(template_of(document.kind)).render(_context(document, facts))
        described = _("The facts of this letter, as data")
    at = document.requested_at.astimezone(UTC)
    return Letter(html, Attached(f"{document.number}.json", document.content, described, at))


def template_of(kind: str) -> str:
    """The template of a kind: "reviews.award" is documents/reviews/award.html."""
    return f"documents/{kind.replace('.', '/')}.html"


def read_facts(content: str) -> dict[str, Any]:
    """The snapshot with moments, days and numbers in place of their texts, told by the names of the fields."""
    facts: dict[str, Any] = json.loads(content, object_hook=_typed)
    return facts


def template_version(kind: str) -> str:
    """The edition of the wording, then a fingerprint of the templates and the style sheet: "1-3fa9c1d2"."""
    return f"{EDITION}-{_fingerprint(kind)}"


@lru_cache(maxsize=8)
def _fingerprint(kind: str) -> str:
    main, shared = (Path(settings.ROOT, "templates", name) for name in (template_of(kind), SHARED_PARTS))
    files = [main, shared, *sorted(shared.parent.glob("parts/*.html")), style_sheet_path()]
    return sha256_hex("".join(sha256_hex(file.read_bytes()) for file in files))[:8]


def _typed(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _read(name, value) for name, value in fields.items()}


def _read(name: str, value: Any) -> Any:
    """A field called at or on, or ending so, is a moment or a day; amounts and points are decimals."""
    if not isinstance(value, str) or not value:
        return Decimal(value) if name in _NUMBERS and isinstance(value, int) else value
    if name in {"at", "on"} or name.endswith(("_at", "_on")):
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if name in _NUMBERS or name.startswith("amount_"):
        return Decimal(value)
    return value


def _context(document: Document, facts: dict[str, Any]) -> dict[str, Any]:
    address = verification_address(document.code)
    return {
        "document": document,
        "letter": facts,
        "language": document.language,
        "created": document.requested_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "qr": qr_drawing(address),
        "place": address.partition("://")[2].removesuffix(f"{document.code}/"),
        "template_version": template_version(document.kind),
        "SPECIMEN": settings.SPECIMEN,
        "DEMO": settings.DEMO,
        **_scores_shown(facts),
        **(_award_shown(facts, document.language) if document.kind == Kind.AWARD else {}),
    }


def _scores_shown(facts: dict[str, Any]) -> dict[str, Any]:
    """How many decimals the column of points needs, where the reasons stand, and the criteria below their minimum."""
    scores = facts.get("scores") or []
    below = [score for score in scores if score.get("is_below")]
    has_hundredths = any(score["points"] * 10 % 1 for score in scores)
    longest = max((len("".join(score["reasons"])) for score in scores), default=0)
    return {
        "places": 2 if has_hundredths else 1,
        "reasons_apart": longest > MOST_REASONS_IN_A_CELL,
        "below_minimum": below,
        "reaches_every_minimum": bool(scores) and not below and facts["total"] >= facts["threshold"],
    }


def _award_shown(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """What is missing from the amount asked, the amount in words, the project's last day, and the instalments.

    These are written with cents everywhere or nowhere.
    """
    granted, period, rows = facts["amount_granted"], facts["period"], facts["instalments"]
    has_cents = any(row["amount"] % 1 for row in rows)
    difference = facts["amount_requested"] - granted
    return {
        "is_partial": difference > 0,
        "difference": difference,
        "amount_in_words": amount_in_words(granted, language),
        "ends_on": _months_later(period["start_on"], period["months"]) - timedelta(days=1),
        "instalments": [{**row, "shown": show_amount(row["amount"], language, cents=has_cents)} for row in rows],
        "total_shown": show_amount(granted, language, cents=has_cents),
    }


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or the last one there is: 31 August and six months give 28 February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
