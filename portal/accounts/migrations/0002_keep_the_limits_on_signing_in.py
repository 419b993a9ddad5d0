"""Makes the table of the shared cache, in which the limits on signing in are counted."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(apps: Any, schema_editor: Any) -> None:
    """The table stands; a cache that has one already is left alone."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The table belongs to no model: Django's own command knows its columns."""

    dependencies = [("accounts", "0001_create_people_and_units")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
