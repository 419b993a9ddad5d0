"""Refusals and their reasons, told to a person. How they become a page is said once, in middleware."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Problem:
    """One thing that stands in the way: a stable code, a sentence that says what to do, and where to do it."""

    code: str
    message: str | Promise
    anchor: str = ""

    def __str__(self) -> str:
        return str(self.message)


class Refusal(Exception):
    """An act was refused and nothing was changed."""


class NotAllowed(Refusal):
    """This person may not do this (answered with 403)."""


class NotReady(Refusal):
    """The act is not possible yet, or no longer; `problems` say why (answered with 409)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise NotReady when there is at least one problem."""
    found = list(problems)
    if found:
        raise NotReady(found)
