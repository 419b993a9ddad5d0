"""Rows made from one row by a single INSERT … SELECT: columns that are not named stay as in the first."""

from collections.abc import Mapping

import pgtrigger
from django.db import connection, models

from portal.core.stateful import Stateful


def copy_row(row: models.Model, *, over: str, changed: Mapping[str, str]) -> int:
    """As many copies of `row` as `over` has rows; `changed` maps columns to SQL over `src` (the row) and `over`.

    The rows are inserted as the application's role, past no trigger but one: a past that nobody lived through begins
    in its last state. Returns how many rows there are. Every word of SQL comes from this package.
    """
    meta = row._meta
    columns = [str(field.column) for field in meta.concrete_fields if not field.primary_key]
    unknown = set(changed) - set(columns)
    if unknown:
        raise ValueError(f"{meta.db_table} has no column {', '.join(sorted(unknown))}.")
    values = [changed.get(column, f'src."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    sql = (
        f'insert into "{meta.db_table}" ({names}) select {", ".join(values)} '
        f'from "{meta.db_table}" src cross join {over} where src.id = %s'
    )
    if not isinstance(row, Stateful):
        return run(sql, row.pk)
    with pgtrigger.ignore(f"{meta.label}:legal_first_state"):
        return run(sql, row.pk)


def run(sql: str, *values: str | int) -> int:
    """The statement is done, however long it takes; returns the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
        cursor.execute(sql, values)
        return int(cursor.rowcount)
