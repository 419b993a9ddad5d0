"""Store a content once, and read it back. Whose file it is, and the audit event of attaching it, are the caller's."""

import logging
from collections.abc import Collection
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from portal.core.exceptions import NotReady, Problem
from portal.files import storage
from portal.files.inspection import inspect, too_large
from portal.files.kinds import USUAL
from portal.files.models import StoredFile
from portal.files.names import clean_name
from portal.files.refusals import UnacceptableFile

__all__ = ["UnacceptableFile", "open_stored", "store_bytes", "store_upload", "too_large"]

logger = logging.getLogger(__name__)


def store_bytes(data: bytes, media_type: str) -> StoredFile:
    """The content made by the portal itself is stored; the same content gives the same row."""
    return _row(*storage.put([data]), media_type)


def store_upload(
    uploaded: "UploadedFile[Any]", *, allowed: Collection[str] = USUAL, max_bytes: int | None = None
) -> tuple[StoredFile, str]:
    """What a person sent is checked and stored; returns the row and the cleaned name to show.

    `allowed` lists extensions; `max_bytes` is MAX_ANNEX_BYTES unless given. The stored type comes from the content,
    never from the browser. Raises UnacceptableFile with a sentence, and then nothing is stored.
    """
    name = clean_name(uploaded.name or "")
    limit = settings.MAX_ANNEX_BYTES if max_bytes is None else max_bytes
    content: Any = uploaded.file
    media_type = inspect(content, name=name, size=uploaded.size or 0, allowed=allowed, max_bytes=limit)
    return _row(*storage.put(uploaded.chunks()), media_type), name


def _row(sha256: str, size: int, media_type: str) -> StoredFile:
    # The same bytes under .csv and under .txt are one content; the type of the first arrival stays.
    stored, _is_new = StoredFile.objects.get_or_create(sha256=sha256, defaults={"size": size, "media_type": media_type})
    return stored


def open_stored(stored: StoredFile) -> BinaryIO:
    """The content, open for reading; NotReady with a plain sentence when the disk has lost it."""
    try:
        return storage.open_content(stored.sha256)
    except FileNotFoundError as trouble:
        logger.error("The content of %s is missing.", stored.audit_name)
        raise NotReady([Problem("file-missing", _("This file is missing. The service has been told."))]) from trouble
