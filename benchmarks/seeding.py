"""A portal with a past: as many applications as asked, nineteen of twenty decided, with all that hangs on them."""

import os
import time

import psycopg

from applications.choices import SendingChannel
from applications.models import Application
from benchmarks.copying import copy_row, run
from calls.models import Call, Envelope
from portal.accounts.models import User
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from portal.organisations.models import Organisation
from reviews.models import Assignment, Proposal

FILES_IN_A_CALL = 500
FILES_OF_AN_ORGANISATION = 20
# One organisation of so many has nobody who signs in: its letters go by post.
ON_PAPER = 50
REVIEWERS = 200
PAST = "OLD-%"

_FILES = """
(select f.*, c.reference as call_reference, c.closes_at, o.name as organisation
   from applications_application f join calls_call c on c.id = f.call_id
   join organisations_organisation o on o.id = f.organisation_id where c.reference like 'OLD-%%') f
"""
_ORGANISATIONS = """
(select id, substr(enterprise_number, 2)::int as turn
   from organisations_organisation where enterprise_number like '1%%') o
"""
_DECIDED = _FILES.replace(") f", " and f.notified_at is not null) f")


def seed(applications: int) -> None:
    """The copy of the world has this many applications more, and the planner knows it."""
    began = time.monotonic()
    calls, organisations = max(applications // FILES_IN_A_CALL, 1), max(applications // FILES_OF_AN_ORGANISATION, 1)
    _calls(calls)
    _people(organisations)
    _applications(organisations)
    _reviews()
    _letters_and_mails()
    _post()
    _events(applications)
    _look_at_the_tables()
    print(f"{applications:,} applications in {calls} calls: {time.monotonic() - began:.0f} s to seed.", flush=True)


def _calls(how_many: int) -> None:
    """One call a week into the past; one of twenty is still under assessment."""
    told = Call.objects.get(reference="TOLD")
    earlier = {column: f"src.{column} - g * interval '7 days'" for column in ("opens_at", "closes_at")}
    state = "case when g %% 20 = 1 then 'in_assessment' else 'decided' end"
    copy_row(
        told,
        over=f"generate_series(1, {how_many}) g",
        changed={"reference": "'OLD-' || lpad(g::text, 4, '0')", "state": state, **earlier},
    )
    past = "(select id from calls_call where reference like 'OLD-%%') c"
    copy_row(Envelope.objects.get(call=told), over=past, changed={"call_id": "c.id"})
    copy_row(Proposal.objects.get(call=told), over=past, changed={"call_id": "c.id"})


def _people(organisations: int) -> None:
    first = Organisation.objects.order_by("pk")[0]
    reviewer, owner = (User.objects.get(email=f"{name}@example.org") for name in ("rachid", "amina"))
    copy_row(
        first,
        over=f"generate_series(1, {organisations}) g",
        changed={
            "public_id": "gen_random_uuid()",
            "name": "case g %% 3 when 0 then 'Exemple ' when 1 then 'Voorbeeld ' else 'Les Amis ' end || g || ' asbl'",
            "enterprise_number": "'1' || lpad(g::text, 9, '0')",
        },
    )
    for person, word, how_many in ((reviewer, "reviewer", REVIEWERS), (owner, "owner", organisations)):
        changed = {"public_id": "gen_random_uuid()", "email": f"'{word}' || g || '@example.org'"}
        copy_row(person, over=f"generate_series(1, {how_many}) g", changed=changed)
    run(
        "insert into organisations_membership (user_id, organisation_id, role) "
        f"select u.id, o.id, 'owner' from {_ORGANISATIONS} "
        "join accounts_user u on u.email = 'owner' || o.turn || '@example.org' where o.turn %% %s > 0",
        ON_PAPER,
    )


def _applications(organisations: int) -> None:
    told = Application.objects.get(reference="TOLD-D-001")
    first = Organisation.objects.filter(enterprise_number="1000000001").get().pk
    decided = "case when g %% 5 < 2 then 'awarded' else 'rejected' end"
    under_way = "(array['submitted', 'in_screening', 'in_review', 'reviewed'])[1 + g %% 4]"
    is_decided = "c.state = 'decided'"
    copy_row(
        told,
        over=f"(select * from calls_call where reference like 'OLD-%%') c cross join "
        f"generate_series(1, {FILES_IN_A_CALL}) g",
        changed={
            "public_id": "gen_random_uuid()",
            "reference": "c.reference || '-D-' || lpad(g::text, 3, '0')",
            "number": "g",
            "ordinal": "g",
            "call_id": "c.id",
            "organisation_id": f"{first} + (c.id * {FILES_IN_A_CALL} + g) %% {organisations}",
            "title": "'Projet ' || c.id || ' ' || g",
            "state": f"case when {is_decided} then {decided} else {under_way} end",
            "submitted_at": "c.closes_at - interval '1 day'",
            "notified_at": f"case when {is_decided} then c.closes_at + interval '90 days' end",
        },
    )
    version = told.versions.get()
    changed = {"application_id": "f.id", "key": "gen_random_uuid()", "content": "'{}'"}
    copy_row(version, over=_FILES, changed=changed | {"submitted_at": "f.submitted_at"})


def _reviews() -> None:
    """Two locked reviews a file, by some of two hundred reviewers."""
    assignment = Assignment.objects.filter(application__reference="TOLD-D-001").order_by("pk")[0]
    first = User.objects.get(email="reviewer1@example.org").pk
    for turn in (0, 1):
        reviewer = f"{first} + (f.id + {turn}) %% {REVIEWERS}"
        version = "(select v.id from applications_version v where v.application_id = f.id)"
        changed = {"application_id": "f.id", "reviewer_id": reviewer, "version_id": version}
        copy_row(assignment, over=_FILES, changed=changed)


def _letters_and_mails() -> None:
    """A receipt for each file, a decision for each that is decided, and a mail about either."""
    award = Document.objects.get(call_reference="TOLD", kind="reviews.award")
    code = "upper(to_char({number}, 'FM0000000000'))"
    about = {
        "about": "'application:' || f.public_id",
        "call_reference": "f.call_reference",
        "year": "extract(year from f.closes_at)",
        "party": "f.organisation",
        "content": "'{}'",
    }
    receipt = {"kind": "'applications.receipt'", "outcome": "''", "amount": "null", "number": "f.reference || '-R1'"}
    copy_row(award, over=_FILES, changed=about | receipt | {"code": code.format(number="f.id")})
    decision = {
        "number": "f.call_reference || '-' || extract(year from f.closes_at) || '-' || lpad(f.number::text, 4, '0')",
        "amount": "5000 + (f.id * 37) %% 100000",
        "code": code.format(number="5000000000 + f.id"),
    }
    copy_row(award, over=_DECIDED, changed=about | decision)
    mail = OutgoingMail.objects.order_by("pk")[0]
    changed = {
        "public_id": "gen_random_uuid()",
        "key": "'bench:' || f.id",
        "to": "'member' || f.organisation_id || '@example.org'",
        "about": "'application:' || f.public_id",
        "call_reference": "f.call_reference",
    }
    copy_row(mail, over=_FILES, changed=changed)


def _post() -> None:
    """Where nobody signs in, each letter about a decided file went by post."""
    run(
        "insert into applications_sending (document_id, channel, sent_on, number, recorded_by_id, recorded_at) "
        "select d.id, %s, d.released_at::date, 'R' || d.id, olga.id, d.released_at "
        f"from {_DECIDED} join {_ORGANISATIONS} on o.id = f.organisation_id "
        "join documents_document d on d.about = 'application:' || f.public_id "
        "join accounts_user olga on olga.email = 'olga@example.org' where o.turn %% %s = 0",
        SendingChannel.REGISTERED,
        ON_PAPER,
    )


def _events(how_many: int) -> None:
    run(
        "insert into audit_event (actor, verb, object, data) "
        "select 'system', 'document.sealed', 'document:' || g, '{}' from generate_series(1, %s) g",
        how_many,
    )


def _look_at_the_tables() -> None:
    """Only the owner of the tables may gather what the planner knows of them."""
    with psycopg.connect(os.environ["MIGRATION_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("vacuum analyze")
