"""The base of every model with a state machine, and the database rule that lists its legal edges."""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.db import models
from django_fsm import FSMField, FSMFieldMixin


class StateField(FSMField):
    """A state that only transitions change.

    The history of the schema knows it as the text that it is: a machine in every historical model takes a fifth of the
    time of migrating.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"protected": True, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, arguments, named = super().deconstruct()
        named.pop("protected", None)
        return name, "django.db.models.CharField", arguments, named


class Stateful(models.Model):
    """A row whose state only its transition methods change. Re-read it under `select_for_update`, not by refresh."""

    class Meta:
        abstract = True

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again; the state is protected afterwards, even when the row is gone.

        The protection is a mark on the field, shared by the whole process. The library's own mixin lifts it and forgets
        to put it back when the read fails. While the read lasts, another thread could assign a state: accepted, since
        services read rows again under a lock and the database refuses an illegal edge.
        """
        protected: list[Any] = [field for field in self._meta.concrete_fields if _is_protected(field)]
        try:
            for field in protected:
                field.protected = False
            super().refresh_from_db(*args, **kwargs)
        finally:
            for field in protected:
                field.protected = True


def _is_protected(field: Any) -> bool:
    return isinstance(field, FSMFieldMixin) and field.protected


def legal_edges(field: str, edges: Iterable[tuple[str, str]]) -> pgtrigger.FSM:
    """The database rule that `field` moves along `edges` only, so that not even a bulk update can skip one.

    It looks at updates; `first_states` says where a row may begin.
    """
    pairs = sorted({(str(before), str(after)) for before, after in edges})
    return pgtrigger.FSM(name=f"legal_{field}_edges", field=field, transitions=pairs)


def first_states(field: str, states: Iterable[str], *, or_if: pgtrigger.Q | None = None) -> pgtrigger.Trigger:
    """The database rule that a row begins in one of these states, or as `or_if` says: no insert skips the way there."""
    allowed = pgtrigger.Q(**{f"new__{field}__in": sorted(str(state) for state in states)})
    return pgtrigger.Trigger(
        name=f"legal_first_{field}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=~(allowed | or_if if or_if is not None else allowed),
        func=f"""
            RAISE EXCEPTION 'a row of % does not begin as %', TG_TABLE_NAME, NEW."{field}"
                USING ERRCODE = 'check_violation';
        """,
    )
