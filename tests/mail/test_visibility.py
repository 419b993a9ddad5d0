"""Who sees which row of the mail log."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from portal.mail import registry
from portal.mail.models import OutgoingMail
from portal.mail.services import post
from tests.mail import messages

AMINA = SimpleNamespace(is_authenticated=True, email="Amina@example.org")
CHLOE = SimpleNamespace(is_authenticated=True, email="chloe@example.org")


@pytest.fixture(autouse=True)
def no_rules(monkeypatch):
    monkeypatch.setattr(registry, "_visibility", [])


@pytest.fixture
def mails(db):
    post(messages.receipt(key="one"))
    post(messages.receipt(key="two", to=["chloe@example.org"], call_reference="NORD2027"))


def seen_by(user):
    return [mail.to for mail in OutgoingMail.objects.visible_to(user).newest_first()]


def test_a_person_sees_the_mails_to_that_person_only(mails):
    assert seen_by(AMINA) == ["amina@example.org"]
    assert seen_by(CHLOE) == ["chloe@example.org"]


def test_a_visitor_sees_none(mails):
    assert seen_by(AnonymousUser()) == []


def test_a_registered_rule_opens_more(mails):
    registry.register_visibility(lambda _user: Q(call_reference="NORD2027"))

    assert seen_by(AMINA) == ["chloe@example.org", "amina@example.org"]


def test_a_rule_without_a_condition_opens_everything(mails):
    registry.register_visibility(lambda _user: Q(to="nobody@example.org"))
    registry.register_visibility(lambda _user: Q())

    assert len(seen_by(AMINA)) == 2


def test_a_rule_that_opens_nothing_closes_nothing(mails):
    registry.register_visibility(lambda _user: Q(pk__in=[]))

    assert seen_by(AMINA) == ["amina@example.org"]


def test_a_list_leaves_the_bodies_in_the_database(mails, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = list(OutgoingMail.objects.visible_to(AMINA).for_the_list())

    assert "text_body" in rows[0].get_deferred_fields()
