"""How a list spreads its money over territories and over the goals of the United Nations. Reads rows; asks nothing more."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _

from applications.models import Application
from calls.reading import Words, column_words
from portal.codelists.models import Goal, Territory

ZERO = Decimal("0.00")
OF_A_GOAL = ("code", "order", "name_fr", "name_nl", "name_en")
Kind = TypeVar("Kind", Territory, Goal)
# Orders what names nothing behind everything that has a name.
LAST = (1,)


class Ranked(Protocol):
    """A row of a list: a file, what it asks and what it gets, in euro."""

    @property
    def application(self) -> Application: ...

    @property
    def requested(self) -> Decimal: ...

    @property
    def amount(self) -> Decimal: ...


@dataclass
class Share:
    """What one territory or one goal has of the list, in euro; `place` orders it, `code` is the goal's number."""

    label: Words | str
    place: tuple[Any, ...]
    code: str = ""
    files: int = 0
    funded: int = 0
    requested: Decimal = ZERO
    granted: Decimal = ZERO

    @property
    def refused(self) -> Decimal:
        """What was asked and is not granted."""
        return self.requested - self.granted

    def add(self, row: Ranked) -> None:
        """One more file counts here."""
        self.files += 1
        self.funded += bool(row.amount)
        self.requested += row.requested
        self.granted += row.amount


@dataclass(frozen=True)
class Balance:
    """The shares of a list, in order. A file that names several goals counts in each, and the sums then overlap."""

    shares: list[Share]
    is_overlapping: bool

    @property
    def largest(self) -> Decimal:
        """The most that one of them asks: the length of the longest bar."""
        return max((share.requested for share in self.shares), default=ZERO)


@dataclass(frozen=True)
class Balances:
    """Both balances of one list."""

    territories: Balance
    goals: Balance


# Application id to its goals.
Goals = Mapping[int, list[Goal]]


def goals_of(files: Iterable[Application]) -> Goals:
    """The goals of all the files, read at once; a goal that many files name is made once."""
    found: dict[int, list[Goal]] = {file.pk: [] for file in files}
    named = Application.goals.through.objects.filter(application__in=found)
    goals: dict[str, Goal] = {}
    for file, *shown in named.values_list("application_id", *(f"goal__{column}" for column in OF_A_GOAL)):
        code = shown[0]
        goals[code] = goals.get(code) or Goal(**dict(zip(OF_A_GOAL, shown, strict=True)))
        found[file].append(goals[code])
    return found


def balances_of(rows: Iterable[Ranked], goals: Goals, language: str) -> Balances:
    """The balances of a list whose files come with lot and territory; no query."""
    found = list(rows)
    return Balances(
        _balance(found, _territories, partial(_share_of_territory, language=language)),
        _balance(found, lambda file: goals[file.pk] or [None], partial(_share_of_goal, language=language)),
    )


def _balance(
    rows: list[Ranked], kinds_of: Callable[[Application], Iterable[Kind | None]], begin: Callable[[Kind | None], Share]
) -> Balance:
    """`kinds_of` says what a file names, or none; a share is begun once, whatever the number of its files."""
    shares: dict[str | None, Share] = {}
    for row in rows:
        for kind in kinds_of(row.application):
            code = kind.code if kind else None
            if code not in shares:
                shares[code] = begin(kind)
            shares[code].add(row)
    ordered = sorted(shares.values(), key=lambda share: share.place)
    return Balance(ordered, is_overlapping=sum(share.files for share in ordered) > len(rows))


def _territories(file: Application) -> list[Territory | None]:
    return [file.lot.territory if file.lot else None]


def _share_of_territory(territory: Territory | None, language: str) -> Share:
    if territory is None:
        return Share(_("Without a territory"), LAST)
    name = column_words(territory, "name", language)
    return Share(name, (0, str(name), territory.code))


def _share_of_goal(goal: Goal | None, language: str) -> Share:
    if goal is None:
        return Share(_("Without a goal"), LAST)
    return Share(column_words(goal, "name", language), (0, goal.order, goal.code), goal.code)
