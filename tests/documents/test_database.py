"""What the database itself refuses, whoever asks: even a bulk update changes no sealed document."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from portal.core.claims import JobState
from portal.documents.models import AFTER_THE_SEAL, Document
from portal.files.services import store_bytes

MOMENT = timezone.now()
OTHER = {
    "kind": "reviews.award",
    "language": "fr",
    "number": "X-1",
    "code": "AAAA-AAAA-AA",
    "title": "x",
    "about": "x",
    "call_reference": "x",
    "year": 1999,
    "party": "x",
    "outcome": "awarded",
    "amount": 1,
    "content": "{}",
    "requested_at": MOMENT,
    "due_at": MOMENT,
    "claimed_until": MOMENT,
    "attempts": 9,
    "ready_at": MOMENT,
    "last_error": "x",
    "job_state": JobState.REQUESTED,
    "page_count": 99,
    "template_version": "x",
    "unsealed_sha256": "0" * 64,
}


def refused(**changes):
    def update(document):
        with transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**changes)

    return update


def test_the_table_below_names_every_column_of_a_sealed_document():
    columns = {field.name for field in Document._meta.fields} - {"id", "file", *AFTER_THE_SEAL}
    assert columns == set(OTHER)


@pytest.mark.parametrize("column", OTHER)
def test_a_sealed_document_keeps_every_column(sealed, column):
    document = sealed()
    with pytest.raises(ProgrammingError, match="Cannot update"):
        refused(**{column: OTHER[column]})(document)


def test_a_sealed_document_keeps_its_file(sealed):
    document, other = sealed(), store_bytes(b"other", "application/pdf")
    with pytest.raises(ProgrammingError, match="Cannot update"):
        refused(file=other)(document)


def test_a_sealed_document_cannot_be_deleted(sealed):
    document = sealed()
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        Document.objects.filter(pk=document.pk).delete()


@pytest.mark.parametrize("column", ["content", "number", "code", "party", "language"])
def test_what_a_letter_will_say_is_fixed_before_it_is_made(ask, column):
    with pytest.raises(ProgrammingError, match="Cannot update"):
        refused(**{column: OTHER[column]})(ask())


def test_the_moment_of_release_and_of_the_first_opening_stay(sealed):
    document = sealed()
    Document.objects.filter(pk=document.pk).update(first_opened_at=MOMENT)

    for change in ({"released_at": None}, {"first_opened_at": timezone.now()}):
        with pytest.raises(ProgrammingError, match="Cannot update"):
            refused(**change)(document)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"job_state": JobState.READY, "ready_at": MOMENT}, "a_ready_document_has_its_file_and_fingerprints"),
        ({"released_at": MOMENT}, "only_a_ready_document_has_a_file_or_is_released"),
        ({"first_opened_at": MOMENT}, "only_a_released_document_is_opened"),
    ],
)
def test_an_unsealed_document_is_neither_ready_nor_released_nor_opened(ask, changes, rule):
    with pytest.raises(IntegrityError, match=rule):
        refused(**changes)(ask())


def test_a_document_does_not_replace_itself(ask):
    document = ask()
    with pytest.raises(IntegrityError, match="a_document_does_not_replace_itself"):
        refused(superseded_by=document)(document)


def test_a_number_is_used_once(ask):
    ask(number="N-1")
    with pytest.raises(IntegrityError, match="a_document_number_is_used_once"), transaction.atomic():
        ask(number="N-1")
