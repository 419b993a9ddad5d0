"""The table of events, the trigger that chains them, and what the application's role may do there: add and read."""

from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = r"""
create table audit_event (
    seq     bigint primary key,
    at      timestamptz not null,
    actor   text not null check (actor <> '' and actor !~ E'\n'),
    verb    text not null check (verb <> '' and verb !~ E'\n'),
    object  text not null check (object <> '' and object !~ E'\n'),
    data    jsonb not null default '{}',
    payload text  not null,
    prev    bytea not null,
    hash    bytea not null
);
create index audit_event_by_object on audit_event (object, seq);
"""

# The hash covers stored text, never a new rendering of jsonb: whoever has the rows can compute it with SHA-256 alone.
# The lock lasts to the commit, so that numbers have no gap; hence the event is the last thing a transaction writes.
CHAIN = r"""
create function audit_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last record;
begin
    perform pg_advisory_xact_lock(72001);
    select seq, hash into last from audit_event order by seq desc limit 1;
    new.seq := coalesce(last.seq, 0) + 1;
    new.prev := coalesce(last.hash, '\x00'::bytea);
    new.at := date_trunc('milliseconds', clock_timestamp());
    new.payload := concat_ws(E'\n', new.seq,
        to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        new.actor, new.verb, new.object, new.data::text);
    new.hash := sha256(new.prev || convert_to(new.payload, 'UTF8'));
    return new;
end $$;
create trigger audit_chain before insert on audit_event for each row execute function audit_chain();

create function audit_deny() returns trigger language plpgsql as $$
begin raise exception 'the audit chain is append-only'; end $$;
create trigger audit_no_change before update or delete on audit_event for each row execute function audit_deny();
create trigger audit_no_truncate before truncate on audit_event for each statement execute function audit_deny();
"""

UNDO = """
drop table audit_event;
drop function audit_chain();
drop function audit_deny();
"""


def let_the_application_add_and_read(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take every right on the table from the application's role and from everyone, then give two back.

    The role belongs to the whole server and is made before migrating; when it is missing this fails aloud, because a
    chain that the application owns protects nothing.
    """
    role = schema_editor.quote_name(settings.DATABASE_APP_ROLE)
    schema_editor.execute(f"revoke all on audit_event from public, {role}")
    schema_editor.execute(f"grant select, insert on audit_event to {role}")


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE + CHAIN, UNDO)],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("seq", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                        ("at", models.DateTimeField(verbose_name="moment")),
                        ("actor", models.TextField(verbose_name="by")),
                        ("verb", models.TextField(verbose_name="event")),
                        ("object", models.TextField(verbose_name="object")),
                        ("data", models.JSONField(default=dict, verbose_name="facts")),
                        ("payload", models.TextField(verbose_name="hashed text")),
                        ("prev", models.BinaryField(verbose_name="fingerprint before")),
                        ("hash", models.BinaryField(verbose_name="fingerprint")),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "db_table": "audit_event",
                        "indexes": [models.Index(fields=["object", "seq"], name="audit_event_by_object")],
                    },
                ),
            ],
        ),
        migrations.RunPython(let_the_application_add_and_read, migrations.RunPython.noop),
    ]
