"""What was handed in, as rows again: the last version in the shape in which the rules read a draft. Writes nothing."""

import json
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from applications.budget import Budget, budget_from
from applications.form_state import FormState
from applications.models import Annex, Answer, Application, BudgetLine, Version
from calls.structure import Structure, structure_of


@dataclass(frozen=True)
class HandedIn:
    """One version: the project in a copy of its application, the form with its answers and annexes, the budget.

    Nothing of it is saved, and changes made since the version was handed in stand nowhere in it.
    """

    application: Application
    form: FormState
    budget: Budget


def as_handed_in(version: Version) -> HandedIn:
    """The version read back; it costs no query once the form of its call is known."""
    content: dict[str, Any] = json.loads(version.content)
    structure = structure_of(version.application.call)
    application = _project(version.application, content, structure)
    form = FormState(application, structure.sections, _answers(content, structure), _annexes(content, structure))
    lines = [_line(row, structure) for row in content["budget"]["lines"]]
    income = {kind: Decimal(amount) for kind, amount in content["budget"]["income"].items()}
    return HandedIn(application, form, budget_from(application.call, lines, income))


def _project(application: Application, content: dict[str, Any], structure: Structure) -> Application:
    told, project = copy(application), content["project"]
    told.language = content["language"]
    told.title, told.summary = project["title"], project["summary"]
    told.place, told.partner_name = project["place"], project["partner_name"]
    told.track = next((track for track in structure.tracks if track.code == project["track"]), None)
    told.lot = next((lot for lot in structure.lots if lot.code == project["lot"]), None)
    told.starts_on = date.fromisoformat(project["starts_on"]) if project["starts_on"] else None
    told.duration = project["duration"]
    return told


def _answers(content: dict[str, Any], structure: Structure) -> dict[int, Answer]:
    texts = {row["question"]: row["text"] for row in content["answers"]}
    questions = [question for section in structure.sections for question in section.questions.all()]
    return {row.pk: Answer(question=row, text=texts[row.code]) for row in questions if row.code in texts}


def _annexes(content: dict[str, Any], structure: Structure) -> dict[int, list[Annex]]:
    found: dict[int, list[Annex]] = {}
    for requirement in structure.requirements:
        rows = [row for row in content["annexes"] if row["annex"] == requirement.code]
        if rows:
            found[requirement.pk] = [Annex(requirement=requirement, name=row["name"]) for row in rows]
    return found


def _line(row: dict[str, Any], structure: Structure) -> BudgetLine:
    heading = next(heading for heading in structure.headings if heading.code == row["heading"])
    return BudgetLine(heading=heading, description=row["description"], amount=Decimal(row["amount"]))
