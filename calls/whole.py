"""Reads every part of a call in one query, as rows of the models, in the order of their models. Writes nothing."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from calls import models as ours
from portal.codelists.models import Goal, LegalBasis, Territory

Row = dict[str, Any]
Part = tuple[type[models.Model], str, tuple[str, ...]]
# Accessor of the call to its model, the way from a row of that model to the call, and the order of the rows.
PARTS: Mapping[str, Part] = {
    "territories": (Territory, "calls", ("code",)),
    "legal_bases": (LegalBasis, "calls", ("code",)),
    "goals": (Goal, "calls", ("order", "code")),
    "lots": (ours.Lot, "call", ("code",)),
    "tracks": (ours.Track, "call", ("code",)),
    "headings": (ours.BudgetHeading, "call", ("code",)),
    "screening_items": (ours.ScreeningItem, "call", ("kind", "code")),
    "criteria": (ours.Criterion, "call", ("code",)),
    "conditions": (ours.GrantCondition, "call", ("position",)),
    "sections": (ours.Section, "call", ("position",)),
    "annexes": (ours.AnnexRequirement, "call", ("position",)),
    "calendar": (ours.CalendarEntry, "call", ("pk",)),
}
QUESTIONS: Part = (ours.Question, "section__call", ("section__position", "position"))
CHOICES: Part = (
    ours.Choice,
    "question__section__call",
    ("question__section__position", "question__position", "position"),
)


ASKED: dict[str, Part] = {**PARTS, "questions": QUESTIONS, "choices": CHOICES}
# Stands for the call in the query that is put together once.
ANY_CALL = -1


def read_whole(call: ours.Call) -> None:
    """Every part of the call is in memory after one query; a call that was read whole before is not read again."""
    if _is_read(call):
        return
    sql, parameters = _asked()
    with connection.cursor() as cursor:
        cursor.execute(sql, [call.pk if value == ANY_CALL else value for value in parameters])
        told = dict(zip(ASKED, cursor.fetchone(), strict=True))
    parts = {name: [_made(ASKED[name][0], json.loads(row)) for row in told[name]] for name in ASKED}
    _hang(parts["questions"], "choices", parts["choices"], "question")
    _hang(parts["sections"], "questions", parts["questions"], "section")
    for name in PARTS:
        if PARTS[name][1] == "call":
            _hang([call], name, parts[name], "call")
        else:
            _keep(call, name, parts[name], getattr(call, name).all())


def _is_read(call: Any) -> bool:
    return set(PARTS) <= set(getattr(call, "_prefetched_objects_cache", {}))


@cache
def _asked() -> tuple[str, tuple[Any, ...]]:
    """The query for every part of one call, put together once: that takes five times as long as its answer."""
    rows: Any = models.QuerySet(ours.Call).filter(pk=ANY_CALL)
    found = rows.annotate(**{f"all_{name}": _rows(*part) for name, part in ASKED.items()})
    told: tuple[str, tuple[Any, ...]] = found.values_list(*(f"all_{name}" for name in ASKED)).query.sql_with_params()
    return told


def _rows(model: type[models.Model], way: str, order: Iterable[str]) -> ArraySubquery:
    """Each row as an object of its columns; a decimal number as text, so that no digit is lost on the way."""
    columns = {
        field.attname: Cast(F(field.attname), TextField())
        if isinstance(field, models.DecimalField)
        else F(field.attname)
        for field in _columns(model)
    }
    # A bare queryset: the managers of translated models would put the reader's language in the place of each column.
    own: Any = models.QuerySet(model).filter(**{way: OuterRef("pk")}).order_by(*order)
    return ArraySubquery(own.values(whole_row=JSONObject(**columns)))


def _columns(model: type[models.Model]) -> list[models.Field]:
    """All but the bare column of a translated field, which is never read."""
    names = {field.attname for field in model._meta.concrete_fields}
    return [field for field in model._meta.concrete_fields if f"{field.attname}_fr" not in names]


def _made(model: type[models.Model], row: Row) -> models.Model:
    fields = _columns(model)
    return model.from_db(
        "default", [field.attname for field in fields], [field.to_python(row[field.attname]) for field in fields]
    )


def _hang(owners: Iterable[Any], accessor: str, rows: Iterable[Any], owner: str) -> None:
    """Each row stands with its owner, and knows it."""
    by_owner: dict[int, list[Any]] = {}
    for row in rows:
        by_owner.setdefault(getattr(row, f"{owner}_id"), []).append(row)
    for one in owners:
        own = by_owner.get(one.pk, [])
        for row in own:
            setattr(row, owner, one)
        # Bare again: the manager of a translated model takes half a millisecond to make each of these.
        model = getattr(type(one), accessor).rel.related_model
        _keep(one, accessor, own, models.QuerySet(model).filter(**{f"{owner}_id": one.pk}))


def _keep(owner: Any, accessor: str, rows: list[Any], kept: Any) -> None:
    """As Django keeps what it prefetched: the accessor answers from memory, a filter on it asks the database."""
    kept._result_cache, kept._prefetch_done = rows, True
    cache = owner.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[accessor] = kept
