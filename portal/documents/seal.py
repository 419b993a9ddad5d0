"""Seals a finished PDF with the service's key (PAdES B-B), so that any reader sees a later change. Prints nothing."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from django.conf import settings

FIELD = "Seal"
# What the seal holds besides certificates: digests, names, moment and signature, of RSA keys up to 4096 bits.
SEAL_BYTES = 3072


def seal_pdf(pdf: bytes, *, reason: str, field_label: str) -> bytes:
    """The same PDF with the service's electronic seal appended; both archive and accessibility profiles still hold.

    `field_label` is what a screen reader says of the seal; `reason` is what a reader of signatures shows.
    """
    from pyhanko.sign import fields, signers  # slow: half a second, and only the worker needs it

    writer = _writer(pdf)
    signature = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
    )
    # Out of the page's bounds: an invisible seal that is neither hidden (forbidden by PDF/A) nor untagged (by PDF/UA).
    place = fields.SigFieldSpec(
        FIELD,
        on_page=-1,
        readable_field_name=field_label,
        invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
    )
    signer = _signer_of(str(settings.SEAL_KEY_FILE), str(settings.SEAL_CERTIFICATE_FILE))
    sealed = signers.PdfSigner(signature, signer=signer, new_field_spec=place).sign_pdf(
        writer, bytes_reserved=_room_for(signer)
    )
    return bytes(sealed.getvalue())


def _writer(pdf: bytes) -> Any:
    """Appends to the file and leaves its metadata alone: a rewritten packet would lose the PDF/UA declaration.

    The method is private to pyHanko; its version is pinned, and the tests validate sealed files.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # slow: see seal_pdf

    class LeavesMetadataAlone(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            return

    return LeavesMetadataAlone(BytesIO(pdf))


@lru_cache(maxsize=1)
def _signer_of(key_file: str, certificate_file: str) -> Any:
    """The key and its certificates, read once: another key in the same place needs new workers."""
    from pyhanko.sign import signers  # slow: see seal_pdf

    signer = signers.SimpleSigner.load(key_file, certificate_file)
    if signer is None:
        raise SealNotUsable("The key or the certificate of the seal cannot be read.")
    return signer


def _room_for(signer: Any) -> int:
    """How many figures the file keeps free for the seal, two to a byte. Left alone, the library seals twice to know."""
    certificates = {certificate.dump() for certificate in (signer.signing_cert, *signer.cert_registry)}
    return 2 * (SEAL_BYTES + sum(map(len, certificates)))


class SealNotUsable(Exception):
    """The service's key or certificate is missing or broken; nothing was sealed."""
