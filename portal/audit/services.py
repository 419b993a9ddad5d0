"""Write one event into the chain. Reading it back and checking it live in verification.py."""

from typing import Any

from django.db import connection, models

from portal.core.canonical import canonical_json

SYSTEM = "system"

_ADD = "insert into audit_event (actor, verb, object, data) values (%s, %s, %s, %s::jsonb) returning seq"


def record(verb: str, *, on: models.Model | str, by: Any, data: dict[str, Any] | None = None) -> int:
    """The event stands in the chain, once this transaction commits; returns its number.

    Call it last in the transaction: the chain is locked until the commit. `by` is a User, or None when the system
    acts. `data` holds facts and opaque ids, never a name, an e-mail address or free text, so that a person can be
    erased elsewhere while the chain still holds.
    """
    facts = canonical_json(data or {})
    if "@" in facts:
        raise ValueError("The chain holds no e-mail address.")
    actor = SYSTEM if by is None else by.actor
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [actor, verb, name_of(on), facts])
        seq: int = cursor.fetchone()[0]
    return seq


def name_of(on: models.Model | str) -> str:
    """How the chain names an object: its own `audit_name`, else its kind and its public id."""
    if isinstance(on, str):
        return on
    own = getattr(on, "audit_name", None)
    return own or f"{on._meta.model_name}:{getattr(on, 'public_id', on.pk)}"
