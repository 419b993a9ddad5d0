"""How a list spreads its money over territories and over the goals of the United Nations. Reads rows; asks nothing more."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from django.utils.translation import gettext as _

from applications.models import Application
from calls.reading import Words, column_words
from portal.codelists.models import Goal

ZERO = Decimal("0.00")
OF_A_GOAL = ("code", "order", "name_fr", "name_nl", "name_en")
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
    """What one territory or one goal has of the list, in euro; `code` is the goal's number."""

    label: Words | str
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
    territories = _balance(found, lambda file: _territory(file, language))
    return Balances(territories, _balance(found, lambda file: _goals(goals[file.pk], language)))


# What orders a group among the others, and how its empty share begins.
Group = tuple[tuple[Any, ...], Callable[[], Share]]


def _balance(rows: list[Ranked], groups_of: Callable[[Application], Iterable[Group]]) -> Balance:
    """`groups_of` gives the groups of a file; a share is begun once, whatever the number of its files."""
    shares: dict[tuple[Any, ...], Share] = {}
    for row in rows:
        for key, begin in groups_of(row.application):
            if key not in shares:
                shares[key] = begin()
            shares[key].add(row)
    ordered = [shares[key] for key in sorted(shares)]
    return Balance(ordered, is_overlapping=sum(share.files for share in ordered) > len(rows))


def _territory(file: Application, language: str) -> Iterable[Group]:
    territory = file.lot.territory if file.lot else None
    if territory is None:
        return [(LAST, lambda: Share(_("Without a territory")))]
    name = column_words(territory, "name", language)
    return [((0, str(name), territory.code), partial(Share, name))]


def _goals(named: Iterable[Goal], language: str) -> Iterable[Group]:
    found: list[Group] = [((0, goal.order, goal.code), partial(_share_of_goal, goal, language)) for goal in named]
    return found or [(LAST, lambda: Share(_("Without a goal")))]


def _share_of_goal(goal: Goal, language: str) -> Share:
    return Share(column_words(goal, "name", language), goal.code)
