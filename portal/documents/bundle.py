"""Letters in one ZIP, with a list of what is inside. It is written while it is sent: nothing of it is kept here."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.core.canonical import canonical_json, sha256_hex
from portal.core.dates import BRUSSELS
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.documents.models import Document
from portal.documents.qr import verification_address
from portal.files.services import open_stored
from portal.files.storage import path_of

MOST = 500
PIECE = 64 * 1024
COLUMNS = ("number", "kind", "language", "sha256", "verify")


@dataclass(frozen=True)
class Bundle:
    """The letters of one ZIP, and the list that says which they are and where each is checked."""

    documents: list[Document]
    at: datetime

    @property
    def file_name(self) -> str:
        """The name under which the ZIP is downloaded: the moment at which it was made, in Brussels."""
        return f"documents-{self.at.astimezone(BRUSSELS):%Y%m%d-%H%M%S}.zip"

    @property
    def manifest(self) -> list[dict[str, str]]:
        """One line a letter: number, kind, language, fingerprint, and the address where anyone can check it."""
        return [
            {
                "number": document.number,
                "kind": document.kind,
                "language": document.language,
                "sha256": document.file.sha256 if document.file else "",
                "verify": verification_address(document.code),
            }
            for document in self.documents
        ]

    def pieces(self) -> Iterator[bytes]:
        """The ZIP, piece by piece: the list as CSV and as JSON, then the letters."""
        sent = _Sent()
        with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(self._entry("manifest.csv"), _as_csv(self.manifest))
            archive.writestr(self._entry("manifest.json"), canonical_json(self.manifest))
            for document in self.documents:
                yield from self._letter(archive, document, sent)
        yield sent.take()

    def _letter(self, archive: zipfile.ZipFile, document: Document, sent: "_Sent") -> Iterator[bytes]:
        assert document.file is not None, "only sealed letters are chosen"  # noqa: S101
        entry = self._entry(f"letters/{document.file_name}")
        with open_stored(document.file) as kept, archive.open(entry, "w") as target:
            while piece := kept.read(PIECE):
                target.write(piece)
                yield sent.take()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        at = self.at.astimezone(BRUSSELS)
        entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
        entry.compress_type = zipfile.ZIP_DEFLATED
        return entry


class _Sent(io.RawIOBase):
    """Takes what the ZIP writes and hands it on; it cannot go back, so the sizes follow each letter."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def make_bundle(chosen: "models.QuerySet[Document]", *, by: Any, at: datetime | None = None) -> Bundle:
    """The chain says who took which letters, and under which list; at most 500, each with its file.

    `chosen` are letters that `by` may see. Raises NotReady, and notes nothing, when they are none or too many, or when
    the disk has lost one.
    """
    require(by, "documents.read_register")
    documents = list(chosen[: MOST + 1])
    refuse_if([*_too_few_or_many(documents), *_lost(documents)])
    bundle = Bundle(documents, at or timezone.now())
    facts = {
        "count": len(documents),
        "numbers": [document.number for document in documents],
        "manifest_sha256": sha256_hex(canonical_json(bundle.manifest)),
    }
    with transaction.atomic():
        record("documents.bundle_made", on="register", by=by, data=facts)
    return bundle


def _too_few_or_many(documents: list[Document]) -> list[Problem]:
    if not documents:
        return [Problem("bundle-empty", _("No sealed document is chosen: the ZIP would be empty."))]
    if len(documents) > MOST:
        words = _("A ZIP holds at most %(most)s documents. Narrow the register first, for example to one call.")
        return [Problem("bundle-too-large", words % {"most": MOST})]
    return []


def _lost(documents: list[Document]) -> list[Problem]:
    """Said before the first piece is sent: afterwards the ZIP could only break off."""
    lost = [document for document in documents if document.file and not path_of(document.file.sha256).exists()]
    words = _("The file of %(number)s is missing. Tell the service, and leave this document out.")
    return [Problem("bundle-lost", words % {"number": document.number}) for document in lost]


def _as_csv(manifest: list[dict[str, str]]) -> str:
    """With a mark at the start, so that a spreadsheet reads it as UTF-8."""
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    lines = csv.DictWriter(text, COLUMNS)
    lines.writeheader()
    lines.writerows(manifest)
    return text.getvalue()
