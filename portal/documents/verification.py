"""Does the portal still hold the very file that it sealed? Asked by the public page; nothing is written."""

import hashlib

from portal.core.exceptions import NotReady
from portal.documents.models import Document
from portal.files.services import open_stored

PIECE = 64 * 1024


def is_intact(document: Document) -> bool:
    """Whether the kept file still has the fingerprint noted at the seal; a letter is small, so it is read each time."""
    if document.file is None:
        return False
    digest = hashlib.sha256()
    try:
        with open_stored(document.file) as kept:
            while piece := kept.read(PIECE):
                digest.update(piece)
    except NotReady:
        return False
    return digest.hexdigest() == document.file.sha256
