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


def test_a_person_who_was_switched_off_has_no_session_any_more(olga):
    User.objects.filter(pk=olga.user.pk).update(is_active=False)

    assert olga.get("/en/documents/").status_code == 302
    assert of_session("olga") is None


def test_a_person_who_is_gone_has_no_session():
    assert SessionBackend().get_user(0) is None
