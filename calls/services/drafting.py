"""Writing a draft call from a definition: the same nested texts and figures that an editor or an import would give."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime

from calls.choices import CalendarKind, ItemKind
from calls.definition import Definition, unknown_in_definition
from calls.models import (
    AnnexRequirement,
    BudgetHeading,
    CalendarEntry,
    Call,
    Choice,
    Criterion,
    Envelope,
    GrantCondition,
    Lot,
    Question,
    ScreeningItem,
    Section,
    Track,
)
from portal.accounts.models import Unit, User
from portal.audit.services import record
from portal.codelists.models import Goal, LegalBasis, Sector, Territory
from portal.core.exceptions import refuse_if
from portal.core.gate import require

LANGUAGES = ("fr", "nl", "en")


def draft_call(*, by: User, unit: Unit, definition: Definition, opens_at: datetime, closes_at: datetime) -> Call:
    """A draft call exists with everything that the definition says; what it leaves out is for the readiness list.

    The definition carries amounts in euro, shares in %, and each text under `fr`, `nl` and `en`. What it says and no
    call has, or names and no list knows, is refused.
    """
    require(by, "calls.draft_call", unit)
    refuse_if(unknown_in_definition(definition))
    with transaction.atomic():
        call = _create_call(by, unit, definition, opens_at, closes_at)
        Envelope.objects.create(call=call, ceiling=Decimal(definition["envelope_eur"]))
        _write_places_and_law(call, definition)
        _write_money_rules(call, definition)
        _write_judgement(call, definition)
        _write_form(call, definition)
        _write_calendar(call, definition)
        record("call.drafted", on=call, by=by)
    return call


def _texts(field: str, row: Definition, key: str | None = None) -> dict[str, str]:
    """The columns of one translated field."""
    texts = row.get(key or field) or {}
    return {f"{field}_{language}": texts.get(language, "") for language in LANGUAGES}


def _create_call(by: User, unit: Unit, definition: Definition, opens_at: datetime, closes_at: datetime) -> Call:
    judgement = definition["award_criteria"]
    return Call.objects.create(
        reference=definition["reference"],
        unit=unit,
        created_by=by,
        opens_at=opens_at,
        closes_at=closes_at,
        **_texts("title", definition),
        **_texts("summary", definition),
        **_texts("description", definition),
        has_no_territory=not definition["territories"],
        sector=Sector.objects.filter(code=definition.get("dac_sector") or "").first(),  # type: ignore[misc]
        duration_minimum=definition["duration_months"]["min"],
        duration_maximum=definition["duration_months"]["max"],
        starts_from=_day(definition["start_window"][0]),
        starts_until=_day(definition["start_window"][1]),
        indirect_cap=Decimal(definition["indirect_cost_cap_pct_of_direct"]),
        first_instalment=Decimal(definition["prefinancing_pct"]),
        applications_maximum=definition["max_applications_per_applicant"],
        grants_maximum=definition["max_grants_per_applicant"],
        pass_mark=Decimal(judgement["threshold_total"]),
        reviews_required=judgement["reviews_required"],
    )


def _write_places_and_law(call: Call, definition: Definition) -> None:
    call.territories.set(Territory.objects.filter(code__in=definition["territories"]))
    call.goals.set(Goal.objects.filter(code__in=[str(code) for code in definition["sdg"]]))  # type: ignore[arg-type]
    call.legal_bases.set(LegalBasis.objects.filter(code__in=[row["code"] for row in definition["legal_bases"]]))


def _write_money_rules(call: Call, definition: Definition) -> None:
    for row in definition["lots"]:
        Lot.objects.create(
            call=call,
            code=row["code"],
            **_texts("title", row),
            territory=Territory.objects.filter(code=row["territory"]).first(),
            amount=Decimal(row["indicative_eur"]),
        )
    for row in definition["tracks"]:
        Track.objects.create(
            call=call,
            code=row["code"],
            **_texts("title", row),
            grant_minimum=Decimal(row["min_grant_eur"]),
            grant_maximum=Decimal(row["max_grant_eur"]),
            rate_maximum=Decimal(row["max_rate_pct"]),
        )
    for row in definition["budget_headings"]:
        cap = row.get("cap_pct_of_direct")
        BudgetHeading.objects.create(
            call=call,
            code=row["code"],
            **_texts("title", row),
            is_direct=row["direct"],
            cap=None if cap is None else Decimal(cap),
        )


def _write_judgement(call: Call, definition: Definition) -> None:
    for kind in ItemKind:
        for row in definition[kind]:
            ScreeningItem.objects.create(
                call=call,
                kind=kind,
                code=row["code"],
                **_texts("text", row),
                **_texts("evidence", row),
                is_curable=row["curable"],
                check_name=row["check"],
            )
    for row in definition["award_criteria"]["criteria"]:
        Criterion.objects.create(
            call=call,
            code=row["code"],
            **_texts("title", row),
            **_texts("guidance", row),
            weight=row["weight"],
            minimum=Decimal(row["threshold_pct"]),
        )
    for position, row in enumerate(definition["conditions"], start=1):
        GrantCondition.objects.create(call=call, position=position, **_texts("text", {"text": row}))


def _write_form(call: Call, definition: Definition) -> None:
    questions: dict[str, Question] = {}
    for position, row in enumerate(definition["sections"], start=1):
        section = Section.objects.create(
            call=call,
            code=row["code"],
            position=position,
            **_texts("title", row),
            **_texts("introduction", row, "intro"),
        )
        for place, question in enumerate(row["questions"], start=1):
            questions[question["code"]] = _write_question(section, place, question, questions)
    tracks = {track.code: track for track in call.tracks.all()}
    for position, row in enumerate(definition["annexes"], start=1):
        condition = row.get("if") or {}
        AnnexRequirement.objects.create(
            call=call,
            code=row["code"],
            position=position,
            **_texts("title", row),
            **_texts("help_text", row, "help"),
            track=tracks.get(condition.get("track", "")),
            question=questions.get(condition.get("question", "")),
            takes_several=row["several"],
        )


def _write_question(section: Section, place: int, row: Definition, earlier: Mapping[str, Question]) -> Question:
    condition = row.get("only_if") or {}
    question = Question.objects.create(
        section=section,
        code=row["code"],
        position=place,
        kind=row["kind"],
        **_texts("label", row),
        **_texts("help_text", row, "help"),
        is_required=row["required"],
        words_maximum=row.get("max_words"),
        only_if=earlier.get(condition.get("question", "")),
        only_if_answer=condition.get("answer", ""),
    )
    for position, option in enumerate(row.get("options", ()), start=1):
        texts = {f"label_{language}": option.get(language, "") for language in LANGUAGES}
        Choice.objects.create(question=question, code=option["code"], position=position, **texts)
    return question


def _write_calendar(call: Call, definition: Definition) -> None:
    """The announced dates; the deadline is the call's own closing moment, whatever the definition says."""
    for kind in CalendarKind:
        said = definition["calendar"].get(kind)
        if kind == CalendarKind.DEADLINE:
            CalendarEntry.objects.create(call=call, kind=kind, at=call.closes_at)
        elif said:
            moment = parse_datetime(said) if "T" in said else None
            CalendarEntry.objects.create(call=call, kind=kind, at=moment, on=None if moment else _day(said))


def _day(text: str) -> date:
    day = parse_date(text)
    if day is None:
        raise ValueError(f"{text!r} is not a day written as YYYY-MM-DD.")
    return day
