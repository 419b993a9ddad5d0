"""What still stands between a call and its publication; the page's list and the refusal are the same list."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.choices import CANCELLABLE, REVIEWS_MINIMUM, CalendarKind, State
from calls.models import Call
from calls.registry import last_notice_of
from calls.translation import MAY_BE_EMPTY, TRANSLATED
from calls.whole import read_whole
from portal.core.dates import BRUSSELS, long_day, long_moment
from portal.core.exceptions import Problem

NAMES = {"fr": "FR", "nl": "NL"}


def missing_before_publication(call: Call) -> list[Problem]:
    """Everything that keeps the call from being proposed or published, in the order of the page."""
    read_whole(call)
    return [
        *_incomplete_texts(call),
        *_money(call),
        *_weights(call),
        *_calendar(call),
        *_places(call),
        *_form(call),
    ]


def missing_before_assessment(call: Call, *, at: datetime) -> list[Problem]:
    """Assessment opens a minute after closing, so that no application that arrived in time is under way."""
    if call.may_open_assessment(at):
        return []
    shown = long_moment(call.closes_at, get_language() or "fr")
    sentence = _("The files stay sealed until one minute after the deadline, %(moment)s.") % {"moment": shown}
    return [Problem("too_early", sentence)]


def missing_in_reason(reason: Mapping[str, str]) -> list[Problem]:
    """What everyone will read exists in French and in Dutch; English is a courtesy."""
    sentence = _("Write the reason in %(languages)s: everyone reads it.")
    return [
        Problem("no_reason", sentence % {"languages": NAMES[code]}, f"#id_reason_{code}")
        for code in NAMES
        if not reason.get(code, "").strip()
    ]


def missing_before_cancelling(call: Call) -> list[Problem]:
    """Nothing is cancelled that is over."""
    return [] if call.state in CANCELLABLE else [_other_step(call)]


def missing_before_archiving(call: Call, *, at: datetime) -> list[Problem]:
    """The appeal period and its margin run from the last notification, or from the day on which the last letter was
    posted; where nobody was told, from the deadline.
    """
    if call.state != State.DECIDED:
        return [_other_step(call)]
    until = (last_notice_of(call) or call.closes_at) + timedelta(days=settings.DAYS_BEFORE_ARCHIVING)
    if at >= until:
        return []
    sentence = _("The appeal period and its margin run until %(day)s. Archive the call after that day.")
    return [Problem("too_early", sentence % {"day": long_day(until, get_language() or "fr")})]


def missing_before_extension(call: Call, closes_at: datetime, *, at: datetime) -> list[Problem]:
    """A deadline only moves later: later than it was, and later than now. Assessment is not opened yet."""
    if call.state != State.PUBLISHED:
        return [_other_step(call)]
    language = get_language() or "fr"
    if closes_at <= call.closes_at:
        sentence = _("Choose a moment after the present deadline, %(moment)s.")
        return [Problem("not_later", sentence % {"moment": long_moment(call.closes_at, language)}, "#id_day")]
    if closes_at <= at:
        return [Problem("past", _("Choose a moment that is still to come."), "#id_day")]
    return []


def _other_step(call: Call) -> Problem:
    sentence = _("This call is already in another step: %(state)s.")
    return Problem("state", sentence % {"state": call.get_state_display()})


def not_in_step(call: Call, state: State) -> list[Problem]:
    """Each act starts from one state; a colleague may have been faster."""
    return [] if call.state == state else [_other_step(call)]


def rows_with_texts(call: Call) -> Iterator[tuple[str, Any]]:
    """Every row of the call that carries a public text, with the anchor of its place on the page."""
    yield "texts", call
    for anchor in ("lots", "tracks", "headings", "screening_items", "criteria", "conditions", "annexes"):
        for row in getattr(call, anchor).all():
            yield anchor, row
    for section in call.sections.all():
        yield "form", section
        for question in section.questions.all():
            yield "form", question
            for choice in question.choices.all():
                yield "form", choice


def _incomplete_texts(call: Call) -> Iterator[Problem]:
    """French and Dutch are equal by law: each public text exists in both, field by field."""
    for anchor, row in rows_with_texts(call):
        for name in TRANSLATED[type(row)]:
            filled = {code for code in NAMES if (getattr(row, f"{name}_{code}") or "").strip()}
            if filled == set(NAMES) or (not filled and name in MAY_BE_EMPTY):
                continue
            absent = " + ".join(NAMES[code] for code in NAMES if code not in filled)
            field = row._meta.get_field(name).verbose_name
            yield Problem(
                "text_missing",
                _("Write the text in %(languages)s: %(what)s, %(field)s.")
                % {"languages": absent, "what": getattr(row, "code", call.reference), "field": field},
                f"#{anchor}",
            )


def _money(call: Call) -> Iterator[Problem]:
    if call.envelope.ceiling <= 0:
        yield Problem("envelope_empty", _("Set an envelope above zero."), "#envelope")
    if not call.tracks.all():
        yield Problem("no_track", _("Name at least one kind of applicant, with its amounts."), "#tracks")
    if not call.headings.all():
        yield Problem("no_heading", _("Add at least one budget heading."), "#headings")


def _weights(call: Call) -> Iterator[Problem]:
    total = sum(criterion.weight for criterion in call.criteria.all())
    if total != 100:
        yield Problem(
            "weights", _("The weights add up to %(total)s. They must make exactly 100.") % {"total": total}, "#criteria"
        )
    if call.reviews_required < REVIEWS_MINIMUM:
        yield Problem("reviews", _("Ask for at least two independent reviews of each file."), "#criteria")


def _calendar(call: Call) -> Iterator[Problem]:
    entries = {entry.kind: entry for entry in call.calendar.all()}
    days = [(kind, _day(entries[kind])) for kind in CalendarKind if kind in entries]
    for (_earlier, first), (later, second) in pairwise(days):
        if second < first:
            yield Problem(
                "calendar_order",
                _("Put the calendar in order: “%(step)s” comes too early.") % {"step": CalendarKind(later).label},
                "#calendar",
            )
    deadline = entries.get(CalendarKind.DEADLINE)
    if deadline is None or deadline.at != call.closes_at:
        yield Problem("calendar_deadline", _("Show the deadline in the calendar, at the same moment."), "#calendar")


def _day(entry: Any) -> date:
    return entry.on or entry.at.astimezone(BRUSSELS).date()


def _places(call: Call) -> Iterator[Problem]:
    if not call.has_no_territory and not call.territories.all():
        yield Problem("no_territory", _("Choose the territories, or say that there is none."), "#territories")


def _form(call: Call) -> Iterator[Problem]:
    if not any(section.questions.all() for section in call.sections.all()):
        yield Problem("no_question", _("Ask at least one question."), "#form")
    if not call.annexes.all():
        yield Problem("no_annex", _("Name the annexes that applicants must attach."), "#annexes")
    if not call.legal_bases.all():
        yield Problem("no_legal_basis", _("Name at least one legal basis."), "#legal")
    yield from _law(call)


def _law(call: Call) -> Iterator[Problem]:
    """A legal basis is quoted in letters of both languages: its title, and its place of publication or its articles."""
    for basis in call.legal_bases.all():
        for name in ("title", "reference"):
            filled = {code for code in NAMES if (getattr(basis, f"{name}_{code}") or "").strip()}
            if filled == set(NAMES) or (not filled and name == "reference"):
                continue
            absent = " + ".join(NAMES[code] for code in NAMES if code not in filled)
            sentence = _("Write the legal basis %(code)s in %(languages)s in the list of legal bases.")
            yield Problem("law_missing", sentence % {"code": basis.code, "languages": absent}, "#legal")
