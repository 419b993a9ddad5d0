"""The one way a stored file leaves the portal. Whether this person may have it is asked before."""

from django.http import FileResponse

from portal.files.models import StoredFile
from portal.files.services import open_stored

# Whatever the file is, a browser gives it no origin, no script and no outside resource.
_HARMLESS = "sandbox; default-src 'none'"


def file_response(stored: StoredFile, name: str, *, as_attachment: bool = True) -> FileResponse:
    """The content of `stored` under `name` (any characters, RFC 6266), typed by what was proved when it was stored."""
    response = FileResponse(
        open_stored(stored), as_attachment=as_attachment, filename=name, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _HARMLESS
    response["Cache-Control"] = "no-store"
    return response
