"""The ways a stored file leaves the portal. Whether this person may have it is asked before."""

from collections.abc import Iterator

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from portal.files.models import StoredFile
from portal.files.services import open_stored

# Whatever the file is, a browser gives it no origin, no script and no outside resource.
_HARMLESS = "sandbox; default-src 'none'"


def file_response(stored: StoredFile, name: str, *, as_attachment: bool = True) -> FileResponse:
    """The content of `stored` under `name` (any characters, RFC 6266), typed by what was proved when it was stored."""
    response = FileResponse(
        open_stored(stored), as_attachment=as_attachment, filename=name, content_type=stored.media_type
    )
    _make_harmless(response)
    return response


def zip_response(pieces: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """A ZIP that is sent while it is written, so that neither memory nor disk holds it whole."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response = StreamingHttpResponse(
        pieces, content_type="application/zip", headers={"Content-Disposition": disposition}
    )
    _make_harmless(response)
    return response


def _make_harmless(response: HttpResponseBase) -> None:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _HARMLESS
    response["Cache-Control"] = "no-store"
