"""Changes that were made after the last version and never handed in: which parts they touch, and their undoing."""

import json
from typing import Any

from applications.content import PROJECT_FIELDS, content_of, project_of
from applications.form_state import form_state
from applications.models import Application, Version
from applications.submitted import as_handed_in
from portal.codelists.models import Goal, Sector
from portal.core.canonical import canonical_json

OTHER_PARTS = ("answers", "budget", "annexes")


def parts_never_handed_in(application: Application, version: Version) -> list[str]:
    """The fields of the project whose rows differ from the version, then answers, budget, annexes where they do.

    The project is always compared. The rest, which costs queries, only where something was saved since.
    """
    before = json.loads(version.content)
    rows = _as_json({"language": application.language, **project_of(application)})
    handed_in = {"language": before["language"], **before["project"]}
    parts = [name for name in handed_in if rows[name] != handed_in[name]]
    if application.changed_at and application.changed_at > version.submitted_at:
        now = _as_json(content_of(application, form_state(application)))
        parts += [name for name in OTHER_PARTS if now[name] != before[name]]
    return parts


def put_the_project_back(application: Application, version: Version) -> None:
    """The project says what the version says; its goals are saved, its fields are for the caller to save."""
    told, project = as_handed_in(version).application, json.loads(version.content)["project"]
    for name in PROJECT_FIELDS:
        setattr(application, name, getattr(told, name))
    application.sector = Sector.objects.get(code=project["sector"]) if project["sector"] else None  # type: ignore[assignment]
    application.goals.set(Goal.objects.filter(code__in=project["goals"]))  # type: ignore[arg-type]


def _as_json(content: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(canonical_json(content))
    return read
