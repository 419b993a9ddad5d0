"""What a definition of a call may say: its parts and the codes that it names. Nothing of it is dropped in silence."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from calls.choices import CalendarKind
from portal.codelists.models import Goal, LegalBasis, Sector, Territory
from portal.core.exceptions import Problem

Definition = Mapping[str, Any]
PARTS = frozenset(
    {
        *("reference", "title", "summary", "description", "envelope_eur", "territories", "sdg", "dac_sector"),
        *("lots", "tracks", "max_applications_per_applicant", "max_grants_per_applicant", "duration_months"),
        *("start_window", "indirect_cost_cap_pct_of_direct", "prefinancing_pct", "calendar", "admissibility"),
        *("eligibility", "award_criteria", "budget_headings", "annexes", "legal_bases", "conditions", "sections"),
    }
)


def unknown_in_definition(definition: Definition) -> list[Problem]:
    """Every part that no call has, and every code that stands in no list: each by its name, so that it can be mended."""
    return [*_unknown_parts(definition), *_unknown_codes(definition), *_unknown_conditions(definition)]


def _unknown_parts(definition: Definition) -> Iterator[Problem]:
    sentence = _("A call has no part “%(name)s”: correct the definition or leave it out.")
    parts = [
        *(set(definition) - PARTS),
        *(f"calendar.{kind}" for kind in set(definition["calendar"]) - {*CalendarKind}),
    ]
    for name in sorted(parts):
        yield Problem("unknown_part", sentence % {"name": name})


def _unknown_codes(definition: Definition) -> Iterator[Problem]:
    sentence = _("Unknown code in the definition: %(list)s “%(code)s”. Correct it, or add it to its list first.")
    named: list[tuple[type[models.Model], list[Any]]] = [
        (Territory, [*definition["territories"], *(row["territory"] for row in definition["lots"])]),
        (Goal, definition["sdg"]),
        (Sector, [definition.get("dac_sector")]),
        (LegalBasis, [row["code"] for row in definition["legal_bases"]]),
    ]
    for model, codes in named:
        wanted = {str(code) for code in codes if code}
        found = model._default_manager.filter(code__in=wanted).values_list("code", flat=True)
        for code in sorted(wanted - set(found)):
            yield Problem("unknown_code", sentence % {"list": model._meta.verbose_name, "code": code})


def _unknown_conditions(definition: Definition) -> Iterator[Problem]:
    """What a question or an annex depends on: a question asked before it, or a track."""
    sentence = _("“%(code)s” depends on “%(other)s”, which does not exist or comes later. Correct the definition.")
    tracks, asked = {row["code"] for row in definition["tracks"]}, set[str]()
    conditions: list[tuple[str, Any, set[str]]] = []
    for question in (question for section in definition["sections"] for question in section["questions"]):
        conditions.append((question["code"], (question.get("only_if") or {}).get("question"), set(asked)))
        asked.add(question["code"])
    for annex in definition["annexes"]:
        condition = annex.get("if") or {}
        conditions += [
            (annex["code"], condition.get("question"), asked),
            (annex["code"], condition.get("track"), tracks),
        ]
    for code, other, known in conditions:
        if other and other not in known:
            yield Problem("unknown_condition", sentence % {"code": code, "other": other})
