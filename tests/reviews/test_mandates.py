"""An auditor reads reviews and lists within the mandate: its calls, its years, and never what is still sealed."""

import pytest
from django.utils import timezone

from calls.models import Call
from portal.accounts.models import Mandate
from reviews.models import Assignment, Proposal
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(closed_call):
    """A reviewed file in a frozen list."""
    return factories.frozen(closed_call, "D-001")


def seen():
    """How many reviews and lists Axel finds."""
    axel = factories.person("axel")
    return Assignment.objects.visible_to(axel).count(), Proposal.objects.visible_to(axel).count()


def test_the_mandate_opens_reviews_and_lists_of_its_calls_and_years(listed):
    Mandate.objects.update(call_references=[listed.call.reference], years=[timezone.localdate().year])
    assert seen() == (2, 1)


def test_another_year_opens_nothing(listed):
    Mandate.objects.update(years=[1999])
    assert seen() == (0, 0)


def test_another_call_opens_nothing(listed):
    Mandate.objects.update(call_references=["OTHER"])
    assert seen() == (0, 0)


def test_a_review_of_a_sealed_file_is_not_read(listed):
    Call.objects.update(assessment_opened_at=None)
    assert seen()[0] == 0
