"""What waits for an officer: calls to move on, files to screen and to assign, lists to freeze."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, Window
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application
from calls.choices import OVER
from calls.choices import State as CallState
from calls.models import Call
from calls.reading import column_words
from portal.accounts.choices import Role
from portal.core.dates import BRUSSELS, long_day, long_moment
from portal.dashboard.groups import Group, Line, Words, file_line, whole
from portal.dashboard.queries.outside import answers_awaited
from reviews.choices import READINGS_OF_A_GAP
from reviews.desk import files_on_the_desk, letters_to_post, rankings_on_the_desk
from reviews.desks import waiting_on
from reviews.progress import lacks_third_reading, with_readers
from reviews.ranking import UNDER_WAY

LISTED = 10
TO_SCREEN = [State.SUBMITTED, State.IN_SCREENING]


def for_officer(user: Any, *, at: datetime) -> list[Group]:
    """Calls to propose, assessments to open, calls ready to freeze; files that wait on this officer and no other."""
    units = user.units_as(Role.OFFICER)
    calls = list(Call.objects.as_lines().filter(unit__in=units).exclude(state__in=OVER).order_by("closes_at"))
    files = files_on_the_desk(user).filter(call__unit__in=units)
    counts = _counts_by_call(rankings_on_the_desk(user).filter(unit__in=units, state=CallState.IN_ASSESSMENT))
    own = files.filter(waiting_on(user, on=at.astimezone(BRUSSELS).date()))
    return [
        _calls_to_propose(calls),
        _assessments_to_open(calls, at),
        _files_to_screen(own),
        _files_to_assign(own),
        _letters_to_post(user),
        _calls_to_freeze(calls, counts),
        answers_awaited(user, units),
    ]


def _counts_by_call(calls: Any) -> dict[tuple[int, str], int]:
    """(call, state) to the number of its files, in one query; also those that the officer's own declaration closes."""
    files = Application.objects.filter(call__in=calls, state__in=[*UNDER_WAY, State.REVIEWED])
    rows = files.order_by().values_list("call_id", "state").annotate(number=Count("pk"))
    return {(call_id, state): number for call_id, state, number in rows}


def _calls_to_propose(calls: list[Call]) -> Group:
    lines = [
        _call_line(
            call,
            "calls:desk_call",
            _("Returned by the head of unit, with a reason") if call.return_reason else _opening(call),
            _("Returned") if call.return_reason else call.get_state_display(),
            "warn" if call.return_reason else "",
        )
        for call in calls
        if call.state == CallState.DRAFT
    ]
    return whole(_("Calls to propose"), lines)


def _assessments_to_open(calls: list[Call], at: datetime) -> Group:
    language = get_language() or "fr"
    lines = [
        _call_line(
            call,
            "calls:desk_call",
            _("Closed on %(moment)s; the files are sealed") % {"moment": long_moment(call.closes_at, language)},
            _("To open"),
            "warn",
        )
        for call in calls
        if call.may_open_assessment(at)
    ]
    return whole(_("Assessments that can be opened"), lines)


def _files_to_screen(files: Any) -> Group:
    to_screen = files.filter(state__in=TO_SCREEN).as_lines().annotate(total=Window(Count("pk")))
    rows = list(to_screen.order_by("submitted_at", "pk")[:LISTED])
    total = rows[0].total if rows else 0
    lines = [
        _file_line(file, _("Received on %(day)s, from %(organisation)s"), State(file.state).label, "info")
        for file in rows
    ]
    more = reverse("reviews:work_list") if total > len(lines) else ""
    return Group(_("Files to screen"), lines, total=total, more_url=more)


def _files_to_assign(files: Any) -> Group:
    """In review, with fewer reviewers without a conflict than the call requires, or than two far apart call for."""
    rows = with_readers(files.filter(state=State.IN_REVIEW).select_related("call").as_lines("call__reviews_required"))
    third = Q(has_gap=True, assigned__lt=READINGS_OF_A_GAP)
    short = rows.filter(Q(assigned__lt=F("call__reviews_required")) | third)
    found = list(short.order_by("submitted_at", "pk")[: LISTED + 1])
    lines = [
        _file_line(file, _("Received on %(day)s, from %(organisation)s"), _lacking(file), "warn")
        for file in found[:LISTED]
    ]
    if len(found) > LISTED:
        return Group(_("Files to assign"), lines, more_url=reverse("reviews:work_list"))
    return whole(_("Files to assign"), lines)


def _lacking(file: Any) -> str:
    required = file.call.reviews_required
    if lacks_third_reading(assigned=file.assigned, required=required, has_gap=file.has_gap):
        return _("Third reading lacking")
    number = required - file.assigned
    return ngettext("%(number)s reviewer lacking", "%(number)s reviewers lacking", number) % {"number": number}


def _letters_to_post(user: Any) -> Group:
    """Letters to organisations for which nobody signs any more: nobody is mailed."""
    found = list(letters_to_post(user).only("number", "kind", "code", "party")[: LISTED + 1])
    lines = [
        Line(
            f"{letter.number} · {letter.kind_label}",
            reverse("reviews:record_sending", args=[letter.code]),
            _("To %(party)s, by post") % {"party": letter.party},
            _("To post"),
            "warn",
        )
        for letter in found[:LISTED]
    ]
    if len(found) > LISTED:
        return Group(_("Letters to post"), lines, more_url=reverse("reviews:post_list"))
    return whole(_("Letters to post"), lines)


def _calls_to_freeze(calls: list[Call], counts: dict[tuple[int, str], int]) -> Group:
    """Every file of the call is reviewed, and at least one waits for a proposal."""
    lines = []
    for call in calls:
        reviewed = counts.get((call.pk, State.REVIEWED), 0)
        if reviewed and not any(counts.get((call.pk, state)) for state in UNDER_WAY):
            words = ngettext("%(number)s file is reviewed", "%(number)s files are reviewed", reviewed)
            lines.append(_call_line(call, "reviews:board", words % {"number": reviewed}, _("Ready to freeze"), "ok"))
    return whole(_("Calls ready to freeze"), lines)


def _call_line(call: Call, url_name: str, note: str, state_label: Words, state: str) -> Line:
    title = column_words(call, "title", get_language() or "fr")
    return Line(f"{call.reference} · {title}", reverse(url_name, args=[call.reference]), note, state_label, state)


def _opening(call: Call) -> str:
    return _("Opens on %(moment)s.") % {"moment": long_moment(call.opens_at, get_language() or "fr")}


def _file_line(file: Any, note: str, state_label: Words, state: str) -> Line:
    shown = {"day": long_day(file.submitted_at, get_language() or "fr"), "organisation": file.organisation.name}
    return file_line(file, reverse("reviews:file", args=[file.reference]), note % shown, state_label, state)
