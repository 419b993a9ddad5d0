"""Carries a browser's requests over real HTTP, with cookies; redirects are left to the browser."""

import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import IO, Any
from urllib.parse import urlencode, urljoin

from portal.demo.browser import Answer, Files

PATIENCE_SECONDS = 60


class _LeavesRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Http:
    """One person's cookies at one portal."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), _LeavesRedirects()
        ).open

    def get(self, url: str) -> Answer:
        """What the portal answers to a GET."""
        return self._send(urllib.request.Request(urljoin(self._address, url)))

    def post(self, url: str, fields: Mapping[str, list[str]], files: Files) -> Answer:
        """What the portal answers to a POST; with files, in parts."""
        address = urljoin(self._address, url)
        if files:
            body, kind = _in_parts(fields, files)
        else:
            body, kind = urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Referer": address}
        return self._send(urllib.request.Request(address, data=body, headers=headers, method="POST"))

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            response: Any = self._open(request, timeout=PATIENCE_SECONDS)
        except urllib.error.HTTPError as refused:
            response = refused
        with response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, headers, response.read())


def _in_parts(fields: Mapping[str, list[str]], files: Files) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, values in fields.items()
        for value in values
    ]
    for name, (file_name, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: application/pdf'
        parts.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
