"""The kinds of file that applicants may send, and how the content itself shows its kind. Limits live in inspection."""

import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from portal.files.refusals import UnacceptableFile

MOST_ENTRIES = 2_000
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_RATIO = 100

_ZIP_START = b"PK\x03\x04"
_CONTROLS = {*range(9), 11, *range(14, 27), *range(28, 32), 127}


@dataclass(frozen=True)
class Kind:
    """One kind: its extensions, the type it is stored and served as, and the question put to the content."""

    extensions: tuple[str, ...]
    media_type: str
    is_shown_by: Callable[[BinaryIO], bool]


def _starts_with(signature: bytes) -> Callable[[BinaryIO], bool]:
    def question(content: BinaryIO) -> bool:
        content.seek(0)
        return content.read(len(signature)) == signature

    return question


def _office(member: str) -> Callable[[BinaryIO], bool]:
    """A Microsoft Office file that holds `member`; one with macros is refused, whatever its extension says."""

    def question(content: BinaryIO) -> bool:
        names = _entries(content)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise UnacceptableFile(_("This file contains macros. Save it without macros and try again."))
        return "[Content_Types].xml" in names and member in names

    return question


def _open_document(media_type: str) -> Callable[[BinaryIO], bool]:
    def question(content: BinaryIO) -> bool:
        if "mimetype" not in _entries(content):
            return False
        with zipfile.ZipFile(content) as archive, archive.open("mimetype") as said:
            return said.read(200).strip() == media_type.encode()

    return question


def _entries(content: BinaryIO) -> set[str]:
    """The names in a zip, from its directory alone: nothing is unpacked, and a bomb is refused unread."""
    if not _starts_with(_ZIP_START)(content):
        return set()
    try:
        with zipfile.ZipFile(content) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return set()
    unpacked = sum(entry.file_size for entry in listed)
    packed = max(1, sum(entry.compress_size for entry in listed))
    if len(listed) > MOST_ENTRIES or unpacked > MOST_UNPACKED_BYTES or unpacked / packed > MOST_RATIO:
        raise UnacceptableFile(_("This file unpacks to far more than its size. Save it again and try once more."))
    return {entry.filename for entry in listed}


def _is_text(content: BinaryIO) -> bool:
    """Plain text in UTF-8 or in the old Western code page: no control characters, no UTF-16."""
    content.seek(0)
    return all(_CONTROLS.isdisjoint(block) for block in iter(lambda: content.read(1 << 16), b""))


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

KINDS = (
    Kind(("pdf",), "application/pdf", _starts_with(b"%PDF-")),
    Kind(("png",), "image/png", _starts_with(b"\x89PNG\r\n\x1a\n")),
    Kind(("jpg", "jpeg"), "image/jpeg", _starts_with(b"\xff\xd8\xff")),
    Kind(("docx",), f"{_OOXML}.wordprocessingml.document", _office("word/document.xml")),
    Kind(("xlsx",), f"{_OOXML}.spreadsheetml.sheet", _office("xl/workbook.xml")),
    Kind(("odt",), f"{_ODF}.text", _open_document(f"{_ODF}.text")),
    Kind(("ods",), f"{_ODF}.spreadsheet", _open_document(f"{_ODF}.spreadsheet")),
    Kind(("csv",), "text/csv", _is_text),
    Kind(("txt",), "text/plain", _is_text),
)

USUAL = tuple(kind.extensions[0] for kind in KINDS)


def as_accepted(allowed: Collection[str] = USUAL) -> str:
    """What a file field tells the browser, so that its window shows these kinds first."""
    found = (kind.extensions for kind in KINDS if not set(allowed).isdisjoint(kind.extensions))
    return ",".join(f".{extension}" for extensions in found for extension in extensions)


def kind_of(extension: str) -> Kind | None:
    """The kind with that extension, or None."""
    return next((kind for kind in KINDS if extension in kind.extensions), None)
