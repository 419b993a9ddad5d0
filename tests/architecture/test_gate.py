"""The gate asks the rules, and nothing else says yes."""

import pytest
import rules

from portal.accounts.models import User
from portal.core.gate import may
from tests import factories


def test_no_account_can_be_a_superuser():
    assert not hasattr(User(), "is_superuser")
    assert "is_superuser" not in {field.name for field in User._meta.get_fields()}


@pytest.mark.django_db
def test_the_gate_does_not_look_at_a_superuser_mark():
    user = factories.person("amina")
    user.is_superuser = user.is_staff = True

    assert not may(user, "accounts.see_people")


@pytest.mark.django_db
def test_an_unknown_permission_is_an_error_and_never_a_yes():
    with pytest.raises(KeyError):
        may(factories.person("helene"), "calls.publish_everything")


@pytest.mark.django_db
def test_every_permission_answers_true_or_false_to_everyone(visitor):
    names = ["amina", "olga", "rachid", "helene", "axel", "adam"]
    people = [factories.person(name) for name in names]

    for permission in rules.permissions.permissions:
        for person in people:
            assert may(person, permission) in (True, False)
