"""An upload never fills the disk, and the form around it is kept."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory, override_settings

from portal.files.uploadhandler import BoundedUploadHandler

LIMIT = 200_000


def receive(size: int):
    sent = {"note": "kept", "annex": _Named("a.txt", b"x" * size)}
    request = RequestFactory().post("/", sent)
    request.upload_handlers = [BoundedUploadHandler(request)]
    return request


class _Named:
    """What the test client sends as a file."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self._content = name, content

    def read(self) -> bytes:
        return self._content


@pytest.mark.parametrize("size", [1, LIMIT, LIMIT + 1])
def test_an_upload_up_to_the_limit_is_whole(size):
    with override_settings(MAX_ANNEX_BYTES=LIMIT):
        file = receive(size).FILES["annex"]

    with file:
        assert file.size == size
        assert len(file.read()) == min(size, LIMIT + 1)


def test_an_upload_beyond_the_limit_is_counted_but_not_kept():
    with override_settings(MAX_ANNEX_BYTES=LIMIT):
        request = receive(5 * LIMIT)
        file = request.FILES["annex"]

    with file:
        assert file.size == 5 * LIMIT
        assert len(file.read()) == LIMIT + 1
    assert QueryDict("note=kept") == request.POST
