"""Receives an upload without letting an endless file fill the disk. What is accepted is said by inspection."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most the allowed size and one byte more; the rest is counted and dropped.

    The request is still read to its end: breaking it off would lose the other fields of the form, its CSRF token and
    the chance to say what is wrong.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = settings.MAX_ANNEX_BYTES + 1 - self.kept
        if room > 0:
            super().receive_data_chunk(raw_data[:room], start)
            self.kept += min(room, len(raw_data))
