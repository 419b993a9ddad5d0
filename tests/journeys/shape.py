"""The keys and types of journey.json, for whoever reads it by machine."""

from typing import Any

SHAPE: dict[str, Any] = {
    "applications": [
        {
            "reference": str,
            "outcome": str,
            "amount": str,
            "documents": [
                {"kind": str, "number": str, "language": str, "path": str, "sha256": str, "verify_url": str},
            ],
        },
    ],
    "seconds": {"receipt_p50": float, "receipt_max": float, "approval_to_last_pdf": float, "total": float},
    "audit": {"events": int, "head": str, "verdict": str},
}


def check_shape(value: Any, shape: Any = SHAPE) -> None:
    """The value has exactly these keys, everywhere, with values of these types; no list is empty."""
    if isinstance(shape, dict):
        assert set(value) == set(shape)
        for key, part in shape.items():
            check_shape(value[key], part)
    elif isinstance(shape, list):
        assert value
        for each in value:
            check_shape(each, shape[0])
    else:
        assert type(value) is shape, value
