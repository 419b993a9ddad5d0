"""How far the letters of a list are: how many are sealed, which failed. Makes none; that is the documents app's work."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from applications.choices import State
from applications.models import Application
from portal.documents.models import Document
from reviews.models import Decision, Proposal


class Lettered(Protocol):
    """A row of a list: a file, and its letter once it is asked for."""

    @property
    def application(self) -> Application: ...

    @property
    def document(self) -> Document | None: ...


@dataclass(frozen=True)
class Failed:
    """A letter that could not be made, and the file that waits for it."""

    application: Application
    document: Document


@dataclass(frozen=True)
class Progress:
    """The letters of one list, counted."""

    total: int
    sealed: int
    failed: list[Failed]

    @property
    def is_complete(self) -> bool:
        """Every letter is sealed."""
        return self.sealed == self.total

    @property
    def is_moving(self) -> bool:
        """A worker will still make one without anybody's help."""
        return self.sealed + len(self.failed) < self.total

    @property
    def mark(self) -> str:
        """Changes when one more letter is sealed or has failed."""
        return f"{self.sealed}-{len(self.failed)}"


def progress_of(rows: Iterable[Lettered]) -> Progress:
    """How far the letters of these rows are; a file that was withdrawn waits for none."""
    found = [(row.application, row.document) for row in rows if row.application.state != State.WITHDRAWN]
    sealed = sum(1 for _file, letter in found if letter is not None and letter.is_ready)
    failed = [Failed(file, letter) for file, letter in found if letter is not None and letter.is_failed]
    return Progress(len(found), sealed, failed)


def progress_of_proposal(proposal: Proposal) -> Progress:
    """The same for an approved list, in one query, whatever its length."""
    # Nobody waits for the letter of a file that was withdrawn meanwhile.
    awaited = Decision.objects.filter(line__proposal=proposal).exclude(application__state=State.WITHDRAWN)
    decisions = awaited.select_related("application", "document")
    columns = ("application__number", "application__state", "document__number", "document__code", "document__job_state")
    return progress_of(decisions.only("number", *columns).order_by("line__rank"))
