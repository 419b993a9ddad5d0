"""Letters that are sealed without being printed, for tests that look at what follows from a seal.

What a letter says, how it is printed and how its seal holds is tried on real letters, in tests/documents and the journeys.
"""

from functools import cache

from django.utils import timezone

from portal.core.canonical import sha256_hex
from portal.documents.models import Document
from portal.documents.render import print_pdf
from portal.documents.seal import seal_pdf
from portal.documents.services import CLAIM_SECONDS, keep_letter

SHEET = '<html lang="fr"><head><title>Exemple</title></head><body><p>Exemple</p></body></html>'


def seal(document_id: int) -> bool:
    """The document is claimed and ready as a worker leaves it, with a sheet that bears its number alone."""
    now = timezone.now()
    document = Document.objects.claim(document_id, now, CLAIM_SECONDS)
    if document is None:
        return False
    sheet = _sheet() + f"% {document.number} {document.code}\n".encode()
    return keep_letter(document, sheet, at=now, page_count=1, unsealed_sha256=sha256_hex(sheet))


def seal_all() -> None:
    """Every letter that was asked for is sealed."""
    for pk in Document.objects.filter(file__isnull=True).order_by("pk").values_list("pk", flat=True):
        assert seal(pk)


@cache
def _sheet() -> bytes:
    printed, _pages = print_pdf(SHEET)
    return seal_pdf(printed, reason="Exemple", field_label="Exemple")
