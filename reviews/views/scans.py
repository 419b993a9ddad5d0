"""A scan that a form brings: sent now, or kept by the page since an earlier attempt."""

from collections.abc import Collection

from django import forms

from portal.files.models import StoredFile
from portal.files.services import UnacceptableFile, store_upload
from reviews.desk_forms import read_scan

Scan = tuple[StoredFile | None, str]


def scan_of(form: forms.Form, *, allowed: Collection[str], lacking: str) -> Scan:
    """The scan that was sent now, or the one that the page carries; its trouble stands beside the field."""
    sent = form.files.get("scan")
    kept = read_scan(form.data.get("kept", ""))
    if sent is not None:
        try:
            return store_upload(sent, allowed=allowed)
        except UnacceptableFile as refused:
            form.add_error("scan", str(refused))
    elif kept[0] is None:
        form.add_error("scan", lacking)
    return kept
