"""The whole application on one page, to be read: as it was handed in, or as the draft stands."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.choices import IncomeKind
from applications.content import content_of
from applications.form_state import form_state
from applications.forms.answers import YES_OR_NO
from applications.models import Application
from applications.views.overview import WRITTEN_IN
from applications.views.page import own_application, show
from calls.choices import QuestionKind
from calls.models import Question
from calls.structure import Structure, structure_of
from portal.codelists.models import Goal, Sector
from portal.core.canonical import canonical_json
from portal.core.dates import long_day

Content = dict[str, Any]
IN_ORDER = ("summary", "track", "lot", "place", "partner_name", "starts_on", "duration", "goals", "sector")


@dataclass(frozen=True)
class HeadingRead:
    """A heading of the budget with the lines that were handed in under it."""

    title: str
    lines: list[Mapping[str, Any]]
    total: Decimal


@login_required
@require_safe
def read(request: HttpRequest, reference: str) -> HttpResponse:
    """The last version that was handed in; the draft while there is none, or when it is asked for and still open."""
    application = own_application(request, reference)
    asks_draft = "draft" in request.GET and application.is_editable(request.arrived_at)
    version = None if asks_draft else application.versions.select_related("submitted_by").last()
    content = json.loads(version.content) if version else _draft(application)
    structure = structure_of(application.call)
    context = {
        "here": _("Read"),
        "version": version,
        "title": content["project"]["title"] or application.shown_title,
        "applicant": content["applicant"],
        "project": _project(application, content["project"], structure),
        "sections": _sections(content["answers"], structure),
        "headings": _headings(content["budget"]["lines"], structure),
        "income": _income(content["budget"]["income"]),
        "expenses": Decimal(content["budget"]["expenses"]),
        "annexes": _annexes(content["annexes"], structure),
    }
    return show(request, "applications/read.html", application, **context)


def _draft(application: Application) -> Content:
    """The draft in the same shape as a version, so that both are read alike."""
    prefetch_related_objects([application], *WRITTEN_IN)
    draft: Content = json.loads(canonical_json(content_of(application, form_state(application))))
    return draft


def _project(application: Application, project: Mapping[str, Any], structure: Structure) -> list[tuple[str, str]]:
    shown = {
        **project,
        "track": _named(structure.tracks, project["track"]),
        "lot": _named(structure.lots, project["lot"]),
        "starts_on": _day(project["starts_on"]),
        "duration": _months(project["duration"]),
        "goals": " · ".join(str(goal) for goal in _goals(application, project["goals"])),
        "sector": _sector(application, project["sector"]),
    }
    return [(_field_label(name), shown[name]) for name in IN_ORDER if shown[name]]


def _field_label(name: str) -> str:
    words = str(Application._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def _named(rows: Iterable[Any], code: str | None) -> str:
    return next((str(row) for row in rows if row.code == code), code or "")


def _goals(application: Application, codes: list[str]) -> list[Goal]:
    """The goals with these codes; those of the draft are the same ones unless it was changed since."""
    own = [goal for goal in application.goals.all() if goal.code in codes]
    return own if len(own) == len(codes) else list(Goal.objects.filter(code__in=codes))


def _sector(application: Application, code: str | None) -> str:
    if application.sector and application.sector.code == code:
        return str(application.sector)
    return _named(Sector.objects.filter(code=code), code) if code else ""


def _day(text: str | None) -> str:
    return long_day(date.fromisoformat(text), get_language() or "fr") if text else ""


def _months(number: int | None) -> str:
    return ngettext("%(count)s month", "%(count)s months", number) % {"count": number} if number else ""


def _sections(answers: list[Mapping[str, str]], structure: Structure) -> list[tuple[Any, list[tuple[Question, str]]]]:
    texts = {row["question"]: row["text"] for row in answers}
    told = [
        (section, [(row, _shown(row, texts[row.code])) for row in section.questions.all() if row.code in texts])
        for section in structure.sections
    ]
    return [(section, rows) for section, rows in told if rows]


def _shown(question: Question, text: str) -> str:
    if question.kind == QuestionKind.YES_NO:
        return str(dict(YES_OR_NO).get(text, text))
    if question.kind == QuestionKind.CHOICE:
        return _labelled(question, text)
    return text


def _labelled(question: Question, code: str) -> str:
    return next((choice.label for choice in question.choices.all() if choice.code == code), code)


def _headings(lines: list[Mapping[str, str]], structure: Structure) -> list[HeadingRead]:
    found = []
    for heading in structure.headings:
        own = [_line(line) for line in lines if line["heading"] == heading.code]
        if own:
            found.append(HeadingRead(str(heading), own, sum((line["amount"] for line in own), Decimal(0))))
    return found


def _line(line: Mapping[str, str]) -> dict[str, Any]:
    numbers = {name: Decimal(line[name]) for name in ("quantity", "unit_cost", "amount")}
    return {"description": line["description"] or _("Without a description"), **numbers}


def _income(income: Mapping[str, str]) -> list[tuple[str, Decimal]]:
    return [(str(kind.label), Decimal(income[kind])) for kind in IncomeKind if kind in income]


def _annexes(files: list[Mapping[str, Any]], structure: Structure) -> list[tuple[Any, list[Mapping[str, Any]]]]:
    told = [(row, [file for file in files if file["annex"] == row.code]) for row in structure.requirements]
    return [(requirement, own) for requirement, own in told if own]
