"""Two people at once: the maximum of the call holds, and the locks are taken in one order."""

import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applications.models import Application
from applications.services import start_application
from calls.models import Call
from portal.core.exceptions import NotReady
from tests import factories
from tests.applications.papers import entered

LOCK = "FOR UPDATE"


def locks(queries):
    """The tables that are locked, in the order in which they are."""
    return [query["sql"].partition('FROM "')[2].partition('"')[0] for query in queries if LOCK in query["sql"]]


@pytest.mark.django_db(transaction=True)
def test_two_who_start_at_once_at_the_last_place_get_one_draft():
    call = factories.draft_call()
    Call.objects.filter(pk=call.pk).update(applications_maximum=1)
    call = factories.calls.publish(factories.fetch(call))
    amina = factories.person("amina")
    organisation = amina.memberships.get().organisation_id
    together, outcomes = threading.Barrier(2), []

    def start():
        together.wait(timeout=20)
        try:
            outcomes.append(start_application(call_id=call.pk, organisation_id=organisation, by=amina).ordinal)
        except NotReady as refusal:
            outcomes.append(refusal.problems[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=start) for _turn in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(outcomes, key=str) == [1, "maximum_applications"]
    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_starting_and_entering_from_paper_lock_the_call_first_and_then_the_organisation(open_call):
    amina = factories.person("amina")
    organisation = amina.memberships.get().organisation
    with CaptureQueriesContext(connection) as started:
        start_application(call_id=open_call.pk, organisation_id=organisation.pk, by=amina)
    with CaptureQueriesContext(connection) as typed:
        entered(open_call, organisation=organisation)

    assert locks(started)[:2] == locks(typed)[:2] == ["calls_call", "organisations_organisation"]


@pytest.mark.django_db
def test_the_first_to_hand_in_locks_the_call_before_the_file(open_call):
    draft = factories.full_draft(open_call)

    with CaptureQueriesContext(connection) as asked:
        factories.files.hand_in(draft, at=timezone.now())

    assert locks(asked)[:2] == ["calls_call", "applications_application"]
    assert Call.objects.get(pk=open_call.pk).first_submitted_at is not None
