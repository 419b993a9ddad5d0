"""The work list: every file on the desk, by step, with what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.views.decorators.http import require_safe

from applications.choices import State
from applications.models import Application
from calls.models import Call
from calls.reading import Words, column_words
from portal.core.dates import BRUSSELS
from portal.core.gate import may, require
from reviews.choices import DraftState
from reviews.desk import calls_on_the_desk, files_on_the_desk
from reviews.desks import ASSIGNED_TO_NOBODY, desk_names, of_my_desk, officer_of
from reviews.models import DraftDecision
from reviews.progress import with_progress
from reviews.standing import Standing, next_step, standing_of_file
from reviews.views.keyset import slice_of

FILES_ON_A_PAGE = 25
CALLS_TO_CHOOSE = 50
SEARCH_MAXIMUM = 100

TO_CHECK = [State.SUBMITTED, State.IN_SCREENING, State.CORRECTION_REQUESTED]
TO_REVIEW = [State.IN_REVIEW]
TO_DECIDE = [State.REVIEWED, State.PROPOSED, State.APPROVED]
DECIDED = [State.AWARDED, State.ON_RESERVE, State.REJECTED, State.INADMISSIBLE, State.INELIGIBLE]


# What a row shows beside its file.
READ_ALONG = (
    *("call__reference", "call__unit", "call__reviews_required", "lot__territory"),
    "file_assignment__officer__name",
)


@dataclass(frozen=True)
class Tab:
    """One view of the list: the states that it shows."""

    label: str | Promise
    states: list[State]
    is_counted: bool = True


# Files that are decided only grow in number, so that view has no count.
TABS: Mapping[str, Tab] = {
    "open": Tab(pgettext_lazy("files", "Under way"), [*TO_CHECK, *TO_REVIEW, *TO_DECIDE]),
    "check": Tab(pgettext_lazy("files", "To check"), TO_CHECK),
    "review": Tab(pgettext_lazy("files", "In review"), TO_REVIEW),
    "decide": Tab(pgettext_lazy("files", "To decide"), TO_DECIDE),
    "decided": Tab(pgettext_lazy("files", "Decided"), DECIDED, is_counted=False),
}

MY_DESK, IN_MY_HANDS, IN_NO_HANDS = "desk", "me", "nobody"
OWNERS: Mapping[str, str | Promise] = {
    "": pgettext_lazy("files", "Everyone’s"),
    MY_DESK: pgettext_lazy("files", "Those of my desk"),
    IN_MY_HANDS: pgettext_lazy("files", "In my hands"),
    IN_NO_HANDS: pgettext_lazy("files", "In nobody’s hands"),
}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; nonsense in it is taken as the default."""

    view: str
    call: str
    words: str
    whose: str = ""

    @property
    def is_filtered(self) -> bool:
        """Some files are left out by choice."""
        return bool(self.call or self.words or self.whose)

    def address(self, view: str) -> str:
        """The same filter under another view."""
        asked = {"view": view, "call": self.call, "q": self.words, "whose": self.whose}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


@dataclass(frozen=True)
class Row:
    """One file of the list."""

    application: Application
    standing: Standing
    step: str
    days: int
    officer: str
    desk: Words | str


@login_required
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """The files of the desk in the order in which they were begun, so that the oldest come first."""
    require(request.user, "reviews.see_files")
    wanted = _wanted(request)
    files = _matching(files_on_the_desk(request.user), wanted, request)
    shown = files.filter(state__in=TABS[wanted.view].states)
    page = slice_of(_with_progress(shown), request, size=FILES_ON_A_PAGE)
    language, desks = get_language() or "fr", desk_names(page.rows, on=_today(request))
    calls = calls_on_the_desk(request.user).as_lines().order_by("-closes_at", "reference")[:CALLS_TO_CHOOSE]
    context = {
        "wanted": wanted,
        "tabs": _tabs(files, wanted),
        "owners": OWNERS.items(),
        "is_staff": bool(request.user.staff_units),
        "calls": [(call, column_words(call, "title", language)) for call in calls],
        "page": page,
        "may_enter": may(request.user, "reviews.enter_paper"),
        "rows": [_row(file, request, desks) for file in page.rows],
    }
    return render(request, "reviews/work_list.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    view = request.GET.get("view", "")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:SEARCH_MAXIMUM]
    call, whose = request.GET.get("call", "").replace("\x00", ""), request.GET.get("whose", "")
    return Wanted(view if view in TABS else "open", call, words, whose if whose in OWNERS else "")


def _today(request: HttpRequest) -> date:
    return request.arrived_at.astimezone(BRUSSELS).date()


def _matching(files: QuerySet[Application], wanted: Wanted, request: HttpRequest) -> QuerySet[Application]:
    """Files of the chosen call and desk that carry the words in their reference, title or organisation."""
    if wanted.whose == MY_DESK:
        files = files.filter(of_my_desk(request.user, on=_today(request)))
    if wanted.whose == IN_MY_HANDS:
        files = files.filter(file_assignment__officer=request.user.pk)
    if wanted.whose == IN_NO_HANDS:
        files = files.filter(ASSIGNED_TO_NOBODY)
    if wanted.call:
        files = files.filter(call__reference=wanted.call)
    if wanted.words:
        named = Q(title__icontains=wanted.words) | Q(organisation__name__icontains=wanted.words)
        files = files.filter(named | Q(reference__icontains=wanted.words))
    return files


def _tabs(files: QuerySet[Application], wanted: Wanted) -> list[dict[str, Any]]:
    open_files = files.filter(state__in=TABS["open"].states).order_by()
    counts = dict(open_files.values_list("state").annotate(number=Count("pk")))
    return [
        {
            "label": tab.label,
            "url": wanted.address(name),
            "is_current": name == wanted.view,
            "number": sum(counts.get(state, 0) for state in tab.states) if tab.is_counted else None,
        }
        for name, tab in TABS.items()
    ]


def _with_progress(files: QuerySet[Application]) -> QuerySet[Application]:
    read_along = files.select_related("call", "lot", "file_assignment__officer").as_lines(*READ_ALONG)
    awaiting = DraftDecision.objects.filter(application=OuterRef("pk"), state=DraftState.PREPARED)
    return with_progress(read_along).annotate(awaits_refusal=Exists(awaiting))


def _row(file: Any, request: HttpRequest, desks: Mapping[int, Words]) -> Row:
    call: Call = file.call
    counted = {"assigned": file.assigned, "locked": file.locked, "has_gap": file.has_gap}
    step = next_step(file, **counted, required=call.reviews_required, awaits_refusal=file.awaits_refusal)
    until = file.notified_at or request.arrived_at
    days = max((until - file.submitted_at).days, 0)
    return Row(
        application=file,
        standing=standing_of_file(file),
        step=step,
        days=days,
        officer=officer_of(file),
        desk=desks.get(file.pk, ""),
    )
