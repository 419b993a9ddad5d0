"""Carries a browser's requests to the portal inside a test, without a server."""

from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.demo.browser import Answer, Browser, Files


class Within:
    """One person's cookies in a test."""

    def __init__(self) -> None:
        self._client = Client()

    def get(self, url: str) -> Answer:
        return self._answer(self._client.get(url))

    def post(self, url: str, fields: Mapping[str, list[str]], files: Files) -> Answer:
        uploads = {
            name: SimpleUploadedFile(file, content, "application/pdf") for name, (file, content) in files.items()
        }
        return self._answer(self._client.post(url, {**fields, **uploads}))

    @staticmethod
    def _answer(response) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return Answer(response.status_code, headers, body)


def browser() -> Browser:
    """A new screen."""
    return Browser(Within())
