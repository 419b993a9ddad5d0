"""The administrator's pages: people with their roles, and jobs that are not ready, without any content."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.choices import Role
from portal.accounts.models import Appointment, User
from portal.audit.models import Event
from portal.core.claims import JobState
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from tests import factories

pytestmark = pytest.mark.django_db
PEOPLE, JOBS = "/en/account/people/", "/en/account/jobs/"


@pytest.fixture
def failed(closed_call):
    """A receipt that could not be made."""
    application = factories.submitted(closed_call)
    Document.objects.filter(about=application.audit_name).update(
        job_state=JobState.FAILED, attempts=3, last_error="OSError: no font"
    )
    return Document.objects.get(about=application.audit_name)


@pytest.mark.parametrize("person", ["amina", "olga", "rachid", "helene", "axel"])
@pytest.mark.parametrize("page", [PEOPLE, JOBS])
def test_only_an_administrator_opens_these_pages(request, person, page):
    assert request.getfixturevalue(person).get(page).status_code == 403


def test_people_stand_with_role_unit_and_term(adam):
    Appointment.objects.filter(user__email="olga@example.org").update(ends_on=timezone.localdate() + timedelta(days=30))
    shown = adam.get(PEOPLE).text

    assert "olga@example.org" in shown
    assert "Officer" in shown
    assert "International Solidarity Unit" in shown
    assert "until" in shown
    assert "No role in the service" in shown


def test_a_closed_account_says_so(adam):
    User.objects.filter(email="bruno@example.org").update(is_active=False)

    assert "Closed" in adam.get(PEOPLE).text


def test_more_roles_do_not_mean_more_queries(adam):
    with CaptureQueriesContext(connection) as before:
        adam.get(PEOPLE)
    olga = factories.person("olga")
    unit = olga.appointments.get().unit
    for person in ("amina", "bruno", "olga"):
        Appointment.objects.create(
            user=factories.person(person), role=Role.REVIEWER, unit=unit, starts_on=timezone.localdate()
        )

    with CaptureQueriesContext(connection) as after:
        adam.get(PEOPLE)
    assert len(after) == len(before) <= 12


def test_jobs_that_wait_are_listed_with_state_and_attempts_and_no_content(adam, failed):
    shown = adam.get(JOBS).text

    assert failed.number in shown
    assert "OSError: no font" in shown
    assert "3" in shown
    assert failed.title not in shown
    mail = OutgoingMail.objects.first()
    assert mail.subject not in shown
    assert mail.to not in shown


def test_a_failed_document_is_asked_for_again(adam, failed):
    answer = adam.post(JOBS, {"document": failed.pk})

    assert answer.headers["Location"] == JOBS
    assert factories.fetch(failed).job_state == JobState.REQUESTED
    assert Event.objects.filter(verb="document.retried").count() == 1


@pytest.mark.parametrize("sent", ["", "0", "no number"])
def test_nonsense_is_refused_and_changes_nothing(adam, failed, sent):
    assert adam.post(JOBS, {"document": sent}).status_code == 400
    assert factories.fetch(failed).job_state == JobState.FAILED


def test_a_document_that_did_not_fail_is_not_asked_for_again(adam, closed_call):
    application = factories.submitted(closed_call)
    waiting = Document.objects.get(about=application.audit_name)

    assert adam.post(JOBS, {"document": waiting.pk}).status_code == 400
    assert not Event.objects.filter(verb="document.retried").exists()


def test_when_everything_is_ready_the_page_says_so(adam):
    shown = adam.get(JOBS).text

    assert "Every document is sealed." in shown
    assert "Every mail is sent." in shown
