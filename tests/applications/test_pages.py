"""smoke"""
import pytest
from django.urls import reverse
from django.utils.translation import override
from tests import factories
pytestmark = pytest.mark.django_db

NAMES = ["task_list", "project", "budget", "annexes", "submit", "submitted", "read"]

def address(name, *args, language="fr"):
    with override(language):
        return reverse(f"applications:{name}", args=args)

@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_opens(amina, draft, name, language):
    r = amina.get(address(name, draft.reference, language=language), follow=True)
    assert r.status_code == 200

@pytest.mark.parametrize("name", NAMES)
def test_opens_empty(amina, open_call, name):
    d = factories.empty_draft(open_call)
    r = amina.get(address(name, d.reference), follow=True)
    assert r.status_code == 200

def test_list(amina, draft):
    assert amina.get(address("mine")).status_code == 200
    assert amina.get(address("start", draft.call.reference)).status_code == 200
    for c in ["S1","S2","S3","S4","S5"]:
        assert amina.get(address("section", draft.reference, c)).status_code == 200
