"""The call's contract: everything that binds applicant and service, written once in a form that can be hashed."""

from typing import Any

from django.db import models

from calls.models import Call
from calls.translation import TRANSLATED
from calls.whole import read_whole
from portal.core.canonical import canonical_json, sha256_hex

LANGUAGES = ("fr", "nl", "en")
Codes = dict[int, str]
RULES = (
    "opens_at",
    "closes_at",
    "duration_minimum",
    "duration_maximum",
    "starts_from",
    "starts_until",
    "indirect_cap",
    "first_instalment",
    "applications_maximum",
    "grants_maximum",
    "pass_mark",
    "reviews_required",
)


def contract_of(call: Call) -> dict[str, Any]:
    """The rules, criteria, form and calendar of the call, in every language, in a fixed order."""
    read_whole(call)
    sections, tracks = call.sections.all(), {track.pk: track.code for track in call.tracks.all()}
    questions = {question.pk: question.code for section in sections for question in section.questions.all()}
    return {
        "reference": call.reference,
        "unit": call.unit.code,
        **texts(call),
        **{name: getattr(call, name) for name in RULES},
        "envelope": call.envelope.ceiling,
        "territories": sorted(territory.code for territory in call.territories.all()),
        "legal_bases": sorted(basis.code for basis in call.legal_bases.all()),
        "lots": [{"code": lot.code, "amount": lot.amount, **texts(lot)} for lot in call.lots.all()],
        "tracks": [_track(track) for track in call.tracks.all()],
        "headings": [
            {"code": row.code, "is_direct": row.is_direct, "cap": row.cap, **texts(row)} for row in call.headings.all()
        ],
        "screening": [
            {"code": row.code, "kind": row.kind, "is_curable": row.is_curable, "check": row.check_name, **texts(row)}
            for row in call.screening_items.all()
        ],
        "criteria": [
            {"code": row.code, "weight": row.weight, "minimum": row.minimum, **texts(row)}
            for row in call.criteria.all()
        ],
        "conditions": [texts(row) for row in call.conditions.all()],
        "sections": [_section(section, questions) for section in sections],
        "annexes": [_annex(annex, tracks, questions) for annex in call.annexes.all()],
        "calendar": [{"kind": entry.kind, "on": entry.on, "at": entry.at} for entry in call.calendar.all()],
    }


def contract_and_hash(call: Call) -> tuple[str, str]:
    """The contract as canonical JSON, and its SHA-256 in hexadecimal."""
    text = canonical_json(contract_of(call))
    return text, sha256_hex(text)


def texts(row: models.Model) -> dict[str, dict[str, str]]:
    """Each translated field of the row with its three texts, read by column so that no language stands in."""
    return {
        name: {language: getattr(row, f"{name}_{language}") or "" for language in LANGUAGES}
        for name in TRANSLATED[type(row)]
    }


def _track(track: models.Model) -> dict[str, Any]:
    amounts = ("code", "grant_minimum", "grant_maximum", "rate_maximum")
    return {**{name: getattr(track, name) for name in amounts}, **texts(track)}


def _section(section: Any, codes: Codes) -> dict[str, Any]:
    asked = [_question(row, codes) for row in section.questions.all()]
    return {"code": section.code, **texts(section), "questions": asked}


def _question(question: Any, codes: Codes) -> dict[str, Any]:
    return {
        "code": question.code,
        "kind": question.kind,
        "is_required": question.is_required,
        "words_maximum": question.words_maximum,
        "only_if": codes.get(question.only_if_id),
        "only_if_answer": question.only_if_answer,
        **texts(question),
        "choices": [{"code": choice.code, **texts(choice)} for choice in question.choices.all()],
    }


def _annex(annex: Any, tracks: Codes, questions: Codes) -> dict[str, Any]:
    return {
        "code": annex.code,
        "track": tracks.get(annex.track_id),
        "question": questions.get(annex.question_id),
        "takes_several": annex.takes_several,
        **texts(annex),
    }
