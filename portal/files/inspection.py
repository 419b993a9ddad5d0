"""Looks at a file before it is stored: size, kind, and whether it opens. Nothing is unpacked, nothing is changed."""

from collections.abc import Collection
from typing import BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.sizes import show_size
from portal.files.kinds import Kind, kind_of
from portal.files.names import extension_of
from portal.files.refusals import UnacceptableFile

_PDF_END = b"%%EOF"
_PDF_TAIL_BYTES = 2048


def inspect(content: BinaryIO, *, name: str, size: int, allowed: Collection[str], max_bytes: int) -> str:
    """The media type that the content proves; UnacceptableFile when it is empty, too large or not what it says."""
    if size == 0:
        raise UnacceptableFile(_("This file is empty."))
    if size > max_bytes:
        raise UnacceptableFile(too_large(max_bytes))
    kind = _allowed_kind(name, allowed)
    if not kind.is_shown_by(content):
        raise UnacceptableFile(
            _("The content of this file is not what its extension “.%(extension)s” says. Save it again in that format.")
            % {"extension": extension_of(name)}
        )
    if kind.media_type == "application/pdf":
        _open_pdf(content, size)
    content.seek(0)
    return kind.media_type


def too_large(max_bytes: int) -> str:
    """The sentence for a file beyond the limit, also where the whole request was refused before it was read."""
    shown = {"limit": show_size(max_bytes, get_language() or "fr")}
    return _("This file is larger than %(limit)s. Make it smaller or split it.") % shown


def _allowed_kind(name: str, allowed: Collection[str]) -> Kind:
    kind = kind_of(extension_of(name))
    if kind is None or not set(kind.extensions) & set(allowed):
        accepted = ", ".join(f".{extension}" for extension in allowed)
        raise UnacceptableFile(
            _("This kind of file is not accepted. Use one of: %(accepted)s.") % {"accepted": accepted}
        )
    return kind


def _open_pdf(content: BinaryIO, size: int) -> None:
    """A PDF that is complete, opens, has a page and asks for no password."""
    import pikepdf  # slow

    content.seek(max(0, size - _PDF_TAIL_BYTES))
    if _PDF_END not in content.read():
        raise UnacceptableFile(_("This PDF is not complete. Save it again and try once more."))
    content.seek(0)
    try:
        with pikepdf.open(content) as opened:
            if opened.is_encrypted:
                raise UnacceptableFile(_locked())
            if not len(opened.pages):
                raise UnacceptableFile(_("This PDF has no pages."))
    except pikepdf.PasswordError as trouble:
        raise UnacceptableFile(_locked()) from trouble
    except pikepdf.PdfError as trouble:
        raise UnacceptableFile(_("This PDF cannot be opened. Save it again and try once more.")) from trouble


def _locked() -> str:
    return _("This PDF is protected by a password. Remove the password and try again.")
