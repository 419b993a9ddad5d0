"""A system check: the application's role can add to the chain and can change nothing in it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

_RIGHTS = ("update", "delete", "truncate", "trigger")

_ASK = """
select right_ from unnest(%s::text[]) as right_
where to_regclass('audit_event') is not null and exists (select from pg_roles where rolname = %s)
  and has_table_privilege(%s, 'audit_event', right_)
"""


@register(Tags.database)
def the_chain_is_append_only(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """One error for the rights that the application's role should not have on the chain."""
    role = settings.DATABASE_APP_ROLE
    found: list[str] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(_ASK, [list(_RIGHTS), role, role])
            found += [right for (right,) in cursor.fetchall()]
    if not found:
        return []
    return [
        Error(
            f"The database role {role} may {', '.join(found)} the audit chain.",
            hint="Migrate as another role, the owner of the tables, and give the application only select and insert.",
            id="audit.E001",
        )
    ]
