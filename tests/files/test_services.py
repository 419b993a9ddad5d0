"""A content is stored once, whole or not at all, and comes back as it was."""

import errno
import hashlib
import logging
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import override

from portal.core.exceptions import NotReady
from portal.files import storage
from portal.files.choices import ScanState
from portal.files.models import StoredFile
from portal.files.services import UnacceptableFile, open_stored, store_bytes, store_upload
from tests.files import samples


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def upload(content: bytes, name: str = "budget.pdf", sent_type: str = "text/html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=sent_type)


def everything_below(root) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_an_upload_is_stored_under_its_fingerprint_with_the_type_of_its_content(db, files_root):
    content = samples.pdf()

    stored, name = store_upload(upload(content, "../Budget 2027.pdf"))

    sha256 = hashlib.sha256(content).hexdigest()
    assert (stored.sha256, stored.size, stored.media_type) == (sha256, len(content), "application/pdf")
    assert name == "Budget 2027.pdf"
    assert everything_below(files_root) == [f"{sha256[:2]}/{sha256[2:4]}/{sha256}"]
    with open_stored(stored) as kept:
        assert kept.read() == content


def test_a_new_file_honestly_says_that_nobody_scanned_it(db):
    assert store_bytes(b"a", "text/plain").scan_state == ScanState.NOT_SCANNED


def test_the_same_content_twice_is_one_file(db, files_root):
    first, one = store_upload(upload(samples.pdf(), "a.pdf"))
    second, other = store_upload(upload(samples.pdf(), "b.pdf"))

    assert first == second
    assert (one, other) == ("a.pdf", "b.pdf")
    assert len(everything_below(files_root)) == 1


def test_names_in_two_compositions_are_shown_the_same_and_both_kept(db):
    _first, one = store_upload(upload(samples.pdf(), "re\u0301sume\u0301.pdf"))
    _second, other = store_upload(upload(samples.pdf(pages=2), "résumé.pdf"))

    assert one == other == "résumé.pdf"
    assert StoredFile.objects.count() == 2


def test_a_refused_upload_leaves_no_trace(db, files_root):
    with pytest.raises(UnacceptableFile):
        store_upload(upload(samples.EXE))

    assert not StoredFile.objects.exists()
    assert not files_root.exists()


def test_an_upload_over_the_limit_of_the_portal_is_refused(db, settings):
    settings.MAX_ANNEX_BYTES = 100

    with override("en"), pytest.raises(UnacceptableFile, match="larger"):
        store_upload(upload(samples.pdf()))


def test_a_broken_line_leaves_no_half_file(files_root):
    def chunks():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        storage.put(chunks())

    assert everything_below(files_root) == []


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_no_half_file(files_root, monkeypatch, step):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)

    with pytest.raises(OSError, match="No space left"):
        storage.put([b"content"])

    assert everything_below(files_root) == []


def test_a_lost_content_is_told_in_plain_words_and_logged(db, caplog):
    stored = store_bytes(b"a", "text/plain")
    storage.path_of(stored.sha256).unlink()

    with override("en"), caplog.at_level(logging.ERROR), pytest.raises(NotReady, match="missing"):
        open_stored(stored)

    assert stored.sha256 in caplog.text


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"size": 9}, {"media_type": "text/html"}])
def test_the_database_lets_nobody_change_what_a_file_is(db, change):
    stored = store_bytes(b"a", "text/plain")

    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(**change)


@pytest.mark.parametrize("wrong", [{"sha256": "short", "size": 1}, {"sha256": "0" * 64, "size": 0}])
def test_the_database_refuses_a_file_that_cannot_be(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(media_type="text/plain", **wrong)


def test_the_scan_may_speak_later(db):
    stored = store_bytes(b"a", "text/plain")

    StoredFile.objects.filter(pk=stored.pk).update(scan_state=ScanState.CLEAN)

    assert StoredFile.objects.get().scan_state == ScanState.CLEAN
