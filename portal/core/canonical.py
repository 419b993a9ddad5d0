"""One text for one value, so that a hash means something; no hashing of files (portal.files) or of events (audit)."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise


def canonical_json(value: Any) -> str:
    """`value` as JSON with sorted keys and no spaces: equal values give equal text, byte for byte.

    Decimals become strings with at least two places ("12.50"), moments UTC ("2027-03-15T11:00:00Z"). A binary float
    is refused, because its text is not its value.
    """
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256_hex(content: str | bytes) -> str:
    """The SHA-256 of `content` in 64 hexadecimal figures; text counts as UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case None | bool():
            return value
        case str() | Promise() | UUID():
            return str(value)
        case int():
            return int(value)
        case Decimal():
            return _decimal(value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case dict():
            return {_key(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical text.")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("A key must be text: 1 and “1” would become the same.")
    return str(key)


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("Only finite numbers have a canonical text.")
    whole, _dot, decimals = f"{abs(value):f}".partition(".")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{decimals.rstrip('0'):0<2}"


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("A moment without a time zone has no canonical text.")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
