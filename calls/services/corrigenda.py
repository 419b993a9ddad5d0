"""What may still change in a published call, each time as a numbered corrigendum: a later deadline, corrected words.

Weights, minimums and amounts never change here; words of a criterion only until the first submission.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from calls import consequences
from calls.choices import CalendarKind, CorrigendumKind, CorrigendumState, State
from calls.contract import LANGUAGES
from calls.corrections import DEADLINE, Change, missing_before_correction, stale
from calls.models import CalendarEntry, Call, Corrigendum
from calls.public_texts import texts_of, words_in
from calls.readiness import missing_before_extension, missing_in_reason, not_in_step
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.canonical import canonical_json, sha256_hex
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require

Texts = Mapping[str, str]


def extend_deadline(
    *, call_id: int, by: User, reason: Texts, closes_at: datetime, at: datetime | None = None
) -> Corrigendum:
    """The call closes later, for everyone, also when it had closed already; a corrigendum says so and why."""
    moment = at or timezone.now()
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "calls.extend_deadline", call)
        refuse_if([*missing_before_extension(call, closes_at, at=moment), *missing_in_reason(reason)])
        changes = [_change(DEADLINE, "", call.closes_at.isoformat(), closes_at.isoformat())]
        corrigendum = _written(call, CorrigendumKind.DEADLINE, reason, changes, by=by, at=moment)
        contract = json.loads(call.contract)
        _move_deadline(contract, closes_at)
        CalendarEntry.objects.filter(call=call, kind=CalendarKind.DEADLINE).update(at=closes_at)
        _issue(call, corrigendum, contract, by=by, at=moment, closes_at=closes_at)
        told = {"number": corrigendum.number, "contract_sha256": call.contract_sha256}
        record("call.deadline_extended", on=call, by=by, data={**told, "closes_at": closes_at})
    return corrigendum


def propose_corrigendum(
    *, call_id: int, by: User, reason: Texts, changes: Mapping[str, Texts], at: datetime | None = None
) -> Corrigendum:
    """Other words are proposed for public texts (key of the text to language to words); the call has not changed."""
    moment = at or timezone.now()
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "calls.propose_corrigendum", call)
        refuse_if(not_in_step(call, State.PUBLISHED))
        refuse_if([*missing_before_correction(call, changes), *missing_in_reason(reason)])
        contract = json.loads(call.contract)
        found = [
            _change(key, language, words_in(contract, key)[language], words[language].strip())
            for key, words in changes.items()
            for language in LANGUAGES
            if language in words and words[language].strip() != words_in(contract, key)[language]
        ]
        corrigendum = _written(call, CorrigendumKind.TEXTS, reason, found, by=by, at=moment)
        record("call.corrigendum_proposed", on=call, by=by, data={"corrigendum": corrigendum.pk, "texts": _keys(found)})
    return corrigendum


def issue_corrigendum(*, corrigendum_id: int, by: User, at: datetime | None = None) -> Corrigendum:
    """The new words stand in the call, whose contract has a new fingerprint; everyone reads what was changed and why."""
    moment = at or timezone.now()
    with transaction.atomic():
        corrigendum, call = _both_locked(corrigendum_id)
        require(by, "calls.issue_corrigendum", corrigendum)
        refuse_if([*not_in_step(call, State.PUBLISHED), *_settled(corrigendum)])
        contract = json.loads(call.contract)
        refuse_if([*stale(contract, corrigendum.changes), *missing_before_correction(call, _wanted(corrigendum))])
        _write_words(call, contract, corrigendum.changes)
        _issue(call, corrigendum, contract, by=by, at=moment)
        told = {"number": corrigendum.number, "contract_sha256": call.contract_sha256}
        record("call.corrigendum_issued", on=call, by=by, data={**told, "texts": _keys(corrigendum.changes)})
    return corrigendum


def discard_corrigendum(*, corrigendum_id: int, by: User) -> Corrigendum:
    """The proposed words are not issued; the call stays as it was."""
    with transaction.atomic():
        corrigendum, call = _both_locked(corrigendum_id)
        require(by, "calls.discard_corrigendum", corrigendum)
        refuse_if(_settled(corrigendum))
        corrigendum.discard()
        corrigendum.save(update_fields=["state"])
        record("call.corrigendum_discarded", on=call, by=by, data={"corrigendum": corrigendum.pk})
    return corrigendum


def _both_locked(corrigendum_id: int) -> tuple[Corrigendum, Call]:
    """The call first, as everywhere, then the corrigendum as it stands under the call's lock."""
    call = Call.objects.locked().get(corrigenda=corrigendum_id)
    corrigendum = Corrigendum.objects.select_for_update().get(pk=corrigendum_id)
    corrigendum.call = call
    return corrigendum, call


def _written(
    call: Call, kind: CorrigendumKind, reason: Texts, changes: list[Change], *, by: User, at: datetime
) -> Corrigendum:
    columns = {f"reason_{language}": reason.get(language, "").strip() for language in LANGUAGES}
    return Corrigendum.objects.create(call=call, kind=kind, changes=changes, proposed_by=by, proposed_at=at, **columns)


def _issue(
    call: Call,
    corrigendum: Corrigendum,
    contract: dict[str, Any],
    *,
    by: User,
    at: datetime,
    closes_at: datetime | None = None,
) -> None:
    """The contract is frozen again with this change and no other, and those who must know are told."""
    text, earlier = canonical_json(contract), call.contract_sha256
    call.correct(contract=text, sha256=sha256_hex(text), closes_at=closes_at)
    call.save(update_fields=["state", "closes_at", "contract", "contract_sha256"])
    last = call.corrigenda.aggregate(last=Max("number"))["last"] or 0
    corrigendum.issue(number=last + 1, by=by, at=at, earlier_sha256=earlier, contract_sha256=call.contract_sha256)
    corrigendum.save(update_fields=["state", "number", "issued_by", "issued_at", "earlier_sha256", "contract_sha256"])
    consequences.call_corrected(corrigendum)


def _move_deadline(contract: dict[str, Any], closes_at: datetime) -> None:
    moment = json.loads(canonical_json(closes_at))
    contract["closes_at"] = moment
    for entry in contract["calendar"]:
        if entry["kind"] == CalendarKind.DEADLINE:
            entry["at"] = moment


def _write_words(call: Call, contract: dict[str, Any], changes: list[Change]) -> None:
    """Rows and contract say the same."""
    texts = texts_of(call)
    for change in changes:
        words_in(contract, change["text"])[change["language"]] = change["after"]
        column, row = f"{texts[change['text']].field}_{change['language']}", texts[change["text"]].row
        setattr(row, column, change["after"])
        row.save(update_fields=[column])


def _wanted(corrigendum: Corrigendum) -> dict[str, dict[str, str]]:
    wanted: dict[str, dict[str, str]] = {}
    for change in corrigendum.changes:
        wanted.setdefault(change["text"], {})[change["language"]] = change["after"]
    return wanted


def _settled(corrigendum: Corrigendum) -> list[Problem]:
    if corrigendum.state == CorrigendumState.PROPOSED:
        return []
    shown = {"state": corrigendum.get_state_display()}
    return [Problem("state", _("This corrigendum is in another step: %(state)s.") % shown)]


def _change(text: str, language: str, before: str, after: str) -> Change:
    return {"text": text, "language": language, "before": before, "after": after}


def _keys(changes: list[Change]) -> list[str]:
    return sorted({change["text"] for change in changes})
