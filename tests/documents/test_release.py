"""A batch is released as one, a new decision takes the place of the old, and every reading that counts is noted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.audit.models import Event
from portal.core.exceptions import NotReady
from portal.documents.models import Document
from portal.documents.services import note_download, release_documents
from tests import factories
from tests.documents import letters


def fetch(document):
    return Document.objects.get(pk=document.pk)


def events(document):
    return list(Event.objects.about(document.audit_name).order_by("seq").values_list("verb", flat=True))


# Releasing --------------------------------------------------------------------------------------


def test_a_batch_is_released_at_one_moment(sealed):
    batch = [sealed("reviews.award", number="N-1"), sealed("reviews.rejection", number="N-2")]
    moment = timezone.now()

    release_documents([document.pk for document in batch], at=moment)

    assert [fetch(document).released_at for document in batch] == [moment, moment]
    assert events(batch[0]) == ["document.sealed", "document.released"]


def test_a_batch_with_one_unsealed_document_is_not_released_at_all(ask, sealed):
    batch = [sealed("reviews.award", number="N-1"), ask("reviews.rejection", number="N-2")]

    with pytest.raises(NotReady, match="N-2"):
        release_documents([document.pk for document in batch], at=timezone.now())
    assert fetch(batch[0]).released_at is None


def test_a_batch_with_a_document_that_does_not_exist_is_not_released(sealed):
    document = sealed("reviews.award")
    with pytest.raises(NotReady):
        release_documents([document.pk, 0], at=timezone.now())
    assert fetch(document).released_at is None


def test_a_document_released_before_keeps_its_moment(sealed):
    receipt = sealed()
    release_documents([receipt.pk], at=timezone.now() + timedelta(days=1))
    assert fetch(receipt).released_at == receipt.released_at


def test_a_new_decision_takes_the_place_of_the_old_one_once_it_is_released(sealed):
    old = sealed("reviews.rejection", number="N-1")
    new = sealed("reviews.award", number="N-2", replaces=old)
    assert fetch(old).replacement is None

    release_documents([new.pk], at=timezone.now())

    assert fetch(old).replacement == new
    assert fetch(old).is_ready


# Reading ----------------------------------------------------------------------------------------


def test_the_first_opening_by_the_addressee_is_noted_once(sealed):
    receipt, amina = sealed(), factories.person("amina")

    for _time in range(2):
        note_download(document_id=receipt.pk, by=amina, is_addressee=True)

    assert fetch(receipt).first_opened_at is not None
    assert events(receipt) == ["document.sealed", "document.opened"]


def test_every_reading_by_an_auditor_is_noted(sealed):
    receipt, axel = sealed(), factories.person("axel")

    for _time in range(2):
        note_download(document_id=receipt.pk, by=axel, is_addressee=False)

    assert fetch(receipt).first_opened_at is None
    assert events(receipt) == ["document.sealed", "document.downloaded", "document.downloaded"]


def test_the_chain_holds_no_name_of_a_document(sealed):
    sealed()
    assert not [payload for payload in Event.objects.values_list("payload", flat=True) if letters.NAME in payload]
