"""The gate: one question, answered by the rules themselves."""

from types import SimpleNamespace

import pytest
import rules

from portal.core.exceptions import NotAllowed, NotReady, Problem, refuse_if
from portal.core.gate import may, require

SUPERUSER = SimpleNamespace(is_active=True, is_superuser=True, is_staff=True)


@pytest.fixture
def never():
    rules.add_perm("tests.never", rules.always_deny)
    yield "tests.never"
    rules.remove_perm("tests.never")


def test_a_superuser_is_asked_like_everyone(never):
    assert may(SUPERUSER, never) is False
    with pytest.raises(NotAllowed):
        require(SUPERUSER, never)


def test_a_permission_that_no_rule_knows_is_an_error_and_not_an_answer():
    with pytest.raises(KeyError, match=r"tests\.unknown"):
        may(SUPERUSER, "tests.unknown")


def test_nothing_in_the_way_is_no_refusal():
    refuse_if([])


def test_a_refusal_carries_every_reason():
    reasons = [Problem("one", "The deadline has passed."), Problem("two", "Annex A2 is missing.", "#a2")]

    with pytest.raises(NotReady) as refused:
        refuse_if(iter(reasons))

    assert refused.value.problems == reasons
    assert "Annex A2 is missing." in str(refused.value)
