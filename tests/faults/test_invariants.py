"""The invariants that are asked after a fault notice what they are there for."""

import pytest
from django.db import transaction

from calls.models import Envelope
from portal.documents.models import Document
from portal.documents.services import render_document
from portal.files.storage import path_of
from tests import factories
from tests.faults.invariants import assert_invariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(closed_call):
    """An award and a receipt, both sealed."""
    factories.with_letters(closed_call, "D-001")
    render_document(document_id=Document.objects.get(kind="applications.receipt").pk)


def commit_less():
    Envelope.objects.update(committed=1)


def damage_the_file():
    """The tests keep their files in a folder of their own, which only they read."""
    kept = path_of(Document.objects.get(kind="reviews.award").file.sha256)
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b" ")


def replace_the_letter():
    receipt = Document.objects.get(kind="applications.receipt")
    Document.objects.filter(kind="reviews.award").update(superseded_by=receipt)


def test_what_the_services_made_holds_and_each_loss_is_noticed(decided):
    assert_invariants()

    for lose in (commit_less, replace_the_letter, damage_the_file):
        with pytest.raises(AssertionError), transaction.atomic():
            lose()
            assert_invariants()
