"""Files on disk, each at aa/bb/<sha256> below FILES_ROOT: written once, never overwritten. No rows and no names."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def path_of(sha256: str) -> Path:
    """Where the content with that SHA-256 stands, or would stand."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def put(chunks: Iterable[bytes]) -> tuple[str, int]:
    """The content is on disk, complete and synced; returns its SHA-256 and its size.

    It is written beside its final place and renamed, so that nobody ever reads half a file. When anything goes wrong,
    a full disk or a broken connection, no trace is left.
    """
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix="incoming-", dir=root)
    try:
        with os.fdopen(descriptor, "wb") as target:
            sha256, size = _write(target, chunks)
        _move(Path(temporary), path_of(sha256))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return sha256, size


def _write(target: BinaryIO, chunks: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _move(temporary: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    os.replace(temporary, final)
    # The new name is safe only when its folder is on disk too.
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def open_content(sha256: str) -> BinaryIO:
    """The content, open for reading in bytes; FileNotFoundError when the disk has lost it."""
    return path_of(sha256).open("rb")
