"""A definition says nothing that gets lost: what no call has, and what no list knows, is refused by its name."""

import copy
from datetime import timedelta

import pytest
from django.utils import timezone

from calls.definition import PARTS
from calls.models import Call
from calls.services import draft_call
from portal.accounts.models import Unit
from portal.core.exceptions import NotReady
from portal.demo import texts
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def definition():
    """The call of the texts, of which each test spoils one thing."""
    told = texts.read("call")
    return copy.deepcopy({part: told[part] for part in PARTS})


def refused(definition):
    now = timezone.now()
    given = {"by": person("olga"), "unit": Unit.objects.get(), "opens_at": now, "closes_at": now + timedelta(days=1)}
    with pytest.raises(NotReady) as refusal:
        draft_call(definition=definition, **given)
    assert not Call.objects.exists()
    return [(problem.code, str(problem)) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda told: told["territories"].append("atlantis"), "territory “atlantis”"),
        (lambda told: told["lots"][0].update(territory="atlantis"), "territory “atlantis”"),
        (lambda told: told["sdg"].append(18), "sustainable development goal “18”"),
        (lambda told: told.update(dac_sector="99999"), "sector “99999”"),
        (lambda told: told["legal_bases"].append({"code": "loi-2099"}), "legal basis “loi-2099”"),
    ],
)
def test_a_code_that_stands_in_no_list_is_named(definition, spoil, name):
    spoil(definition)

    [(code, sentence)] = refused(definition)
    assert code == "unknown_code"
    assert name in sentence


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda told: told.update(lots_are_binding=True), "“lots_are_binding”"),
        (lambda told: told["calendar"].update(jurry="2027-05-01"), "“calendar.jurry”"),
    ],
)
def test_a_part_that_no_call_has_is_named(definition, spoil, name):
    spoil(definition)

    [(code, sentence)] = refused(definition)
    assert code == "unknown_part"
    assert name in sentence


@pytest.mark.parametrize(
    ("spoil", "names"),
    [
        (lambda told: told["annexes"][0].update({"if": {"question": "Q99", "answer": "yes"}}), ("A1", "Q99")),
        (lambda told: told["annexes"][0].update({"if": {"track": "Z"}}), ("A1", "Z")),
        (
            lambda told: told["sections"][0]["questions"][0].update(only_if={"question": "Q15", "answer": "yes"}),
            ("Q1", "Q15"),
        ),
    ],
)
def test_a_condition_that_leads_nowhere_is_named(definition, spoil, names):
    spoil(definition)

    [(code, sentence)] = refused(definition)
    assert code == "unknown_condition"
    assert all(f"“{name}”" in sentence for name in names)
