"""Receives an upload without letting an endless file fill the disk. What is accepted is said by inspection."""

import html
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import (  # type: ignore[attr-defined]
    MultiPartParser,
    MultiPartParserError,
    exhaust,
)
from django.utils.datastructures import MultiValueDict

NUL = "\x00"
# How Django's parser says that the name of a file is longer than it reads; it has no error of its own for it.
NAME_TOO_LONG = "max total header size"

Received = tuple[QueryDict, MultiValueDict[str, Any]]


class NamesAsSent(MultiPartParser):
    """Django's parser, but for the names of files: what it would mend or break off in silence is told to a person."""

    _post: QueryDict
    _input_data: Any
    is_name_too_long = False

    def sanitize_file_name(self, file_name: str) -> str | None:
        """A name with a NUL still has one afterwards, in front: it is refused, and not stored under another name."""
        cleaned = super().sanitize_file_name(file_name)
        return f"{NUL}{cleaned or ''}" if NUL in html.unescape(file_name) else cleaned

    def parse(self) -> Received:
        """The fields and files; where a name was too long to be read, the fields before it and no file."""
        try:
            return super().parse()
        except MultiPartParserError as trouble:
            if NAME_TOO_LONG not in str(trouble):
                raise
        self.is_name_too_long = True
        exhaust(self._input_data)
        self._post._mutable = False
        return self._post, MultiValueDict()


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most the allowed size and one byte more; the rest is counted and dropped.

    The request is still read to its end: breaking it off would lose the other fields of the form, its CSRF token and
    the chance to say what is wrong.
    """

    is_name_too_long = False
    is_parsing = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's own
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> Received | None:
        if self.is_parsing:
            return None
        self.is_parsing = True
        parser = NamesAsSent(META, input_data, [self], encoding)
        received = parser.parse()
        self.is_name_too_long = parser.is_name_too_long
        return received

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = settings.MAX_ANNEX_BYTES + 1 - self.kept
        if room > 0:
            super().receive_data_chunk(raw_data[:room], start)
            self.kept += min(room, len(raw_data))
