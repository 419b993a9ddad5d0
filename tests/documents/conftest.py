"""What the tests of documents share: documents asked for with invented facts, and real ones of the cast."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from portal.documents import registry
from portal.documents.models import Document
from portal.documents.services import request_document
from tests.documents import letters
from tests.sealing import seal

Ask = Callable[..., Document]


@pytest.fixture
def _builders() -> Iterator[None]:
    """The builders of the apps above stand again after the test."""
    before = {kind: registry.builder_of(kind) for kind in letters.KINDS}
    yield
    for kind, build in before.items():
        registry.register_builder(kind, build)


@pytest.fixture
def ask(db: None, _builders: None) -> Ask:
    """Asks for a document of a kind and a language; other words change its facts."""
    numbers = count(1)

    def request(kind: str = "applications.receipt", language: str = "nl", **changes: Any) -> Document:
        at, replaces = changes.pop("at", None), changes.pop("replaces", None)
        told = {"number": f"SUD2027-D-004-R{next(numbers)}", **changes}
        registry.register_builder(kind, lambda _of: letters.content(kind, language, **told))
        return request_document(kind, of=Document(), language=language, replaces=replaces, at=at)

    return request


@pytest.fixture
def sealed(ask: Ask) -> Ask:
    """Asks for a document and seals it at once, without printing it (tests/sealing.py)."""

    def make(*args: Any, **changes: Any) -> Document:
        document = ask(*args, **changes)
        assert seal(document.pk)
        return Document.objects.get(pk=document.pk)

    return make
