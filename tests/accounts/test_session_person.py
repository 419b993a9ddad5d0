"""The person of a session: read with what says whether they hold a post or a mandate, and never trusted beyond it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.backends import SessionBackend
from portal.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def of_session(name):
    return SessionBackend().get_user(factories.person(name).pk)


@pytest.mark.parametrize(
    ("name", "queries"), [("amina", 0), ("olga", 1), ("axel", 1)], ids=["no post, no mandate", "a post", "a mandate"]
)
def test_nobody_is_asked_for_posts_and_mandates_that_they_never_had(name, queries, django_assert_num_queries):
    person = of_session(name)
    with django_assert_num_queries(queries):
        found = person.appointments_now, person.mandates_ever

    assert found == (factories.person(name).appointments_now, factories.person(name).mandates_ever)


def test_a_mandate_that_was_granted_a_moment_ago_counts_at_the_next_request(amina):
    assert amina.get("/en/documents/").status_code == 403

    now = timezone.now()
    amina.user.mandates.create(
        granted_by=factories.person("helene"), starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )

    assert amina.get("/en/documents/").status_code == 200


def grant(person, *, starts_in, ends_in):
    now = timezone.now()
    person.mandates.create(
        granted_by=factories.person("helene"),
        starts_at=now + timedelta(days=starts_in),
        ends_at=now + timedelta(days=ends_in),
    )


@pytest.mark.parametrize(("starts_in", "ends_in"), [(-9, -1), (1, 9)], ids=["over", "to come"])
def test_a_member_of_an_organisation_stays_signed_in_whatever_mandate_is_over_or_to_come(bruno, starts_in, ends_in):
    grant(bruno.user, starts_in=starts_in, ends_in=ends_in)

    assert bruno.get("/en/applications/").status_code == 200


def test_an_officer_whose_mandate_is_over_stays_signed_in(olga):
    grant(olga.user, starts_in=-9, ends_in=-1)

    assert olga.get("/en/documents/").status_code == 200


def test_an_auditor_is_signed_out_at_the_next_request_once_the_mandate_is_over(axel):
    assert axel.get("/en/documents/").status_code == 200
    axel.user.mandates.update(ends_at=timezone.now())

    assert axel.get("/en/documents/").headers["Location"].startswith("/en/account/login/")
    assert "_auth_user_id" not in axel.session


def test_an_auditor_to_be_is_not_signed_out_and_reads_nothing_yet(axel):
    axel.user.mandates.update(starts_at=timezone.now() + timedelta(days=1))

    assert axel.get("/en/documents/").status_code == 403
    assert "_auth_user_id" in axel.session


def test_a_person_who_was_switched_off_has_no_session_any_more(olga):
    User.objects.filter(pk=olga.user.pk).update(is_active=False)

    assert olga.get("/en/documents/").status_code == 302
    assert of_session("olga") is None


def test_a_person_who_is_gone_has_no_session():
    assert SessionBackend().get_user(0) is None
