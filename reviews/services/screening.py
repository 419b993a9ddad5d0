"""Admissibility and eligibility: an officer answers each item; only a file with yes everywhere is judged further."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.choices import State
from applications.models import Application
from calls.contract import LANGUAGES
from calls.models import ScreeningItem
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from reviews.checks import Finding, findings_in_every_language
from reviews.choices import ScreeningVerdict
from reviews.models import Screener, ScreeningAnswer
from reviews.readiness import missing_before_admit, missing_before_screening, standing_refusal
from reviews.steps import file_not_in


@dataclass(frozen=True)
class ScreeningInput:
    """An officer's answer on one item."""

    item: ScreeningItem
    verdict: str
    reason: str = ""


def take_in_screening(*, application_id: int, by: User) -> Application:
    """An officer has the file in hand; the applicant reads that it is being checked."""
    with transaction.atomic():
        application = _locked(application_id)
        require(by, "reviews.screen_application", application)
        refuse_if([*missing_before_screening(application), *file_not_in(application, State.SUBMITTED)])
        application.take_in_screening()
        application.save(update_fields=["state"])
        record("application.taken_in_screening", on=application, by=by)
    return application


def answer_items(
    *, application_id: int, by: User, answers: Iterable[ScreeningInput], at: datetime | None = None
) -> Application:
    """Each item has this answer beside what the portal found; the officer's answer decides."""
    given = list(answers)
    with transaction.atomic():
        application = _locked(application_id)
        require(by, "reviews.screen_application", application)
        refuse_if([*file_not_in(application, State.IN_SCREENING), *standing_refusal(application)])
        found = findings_in_every_language(application)
        refuse_if(_without_reason(given, found[LANGUAGES[0]]))
        for answer in given:
            ScreeningAnswer.objects.update_or_create(
                application=application,
                item=answer.item,
                defaults={
                    **_found(found, answer.item),
                    "verdict": answer.verdict,
                    "reason": answer.reason.strip(),
                    "answered_by": by,
                    "answered_at": at or timezone.now(),
                },
            )
        _remember(application, by, at or timezone.now())
        verdicts = {answer.item.code: str(answer.verdict) for answer in given}
        record("application.screened", on=application, by=by, data={"answers": verdicts})
    return application


def _found(found: Mapping[str, Mapping[str, Finding]], item: ScreeningItem) -> dict[str, Any]:
    """The portal's finding on the item with its evidence in each language; nothing where it has no check."""
    by_language = {language: words.get(item.check_name, (None, "")) for language, words in found.items()}
    evidence = {f"evidence_{language}": words[:500] for language, (_is_found, words) in by_language.items()}
    return {"found": next(is_found for is_found, _words in by_language.values()), **evidence}


def admit(*, application_id: int, by: User) -> Application:
    """Admissible and eligible: reviewers may judge the file."""
    with transaction.atomic():
        application = _locked(application_id)
        require(by, "reviews.screen_application", application)
        refuse_if(
            [
                *file_not_in(application, State.IN_SCREENING),
                *standing_refusal(application),
                *missing_before_admit(application),
            ]
        )
        application.admit()
        application.save(update_fields=["state"])
        _remember(application, by, timezone.now())
        record("application.admitted", on=application, by=by)
    return application


def _remember(application: Application, person: User, at: datetime) -> None:
    """The person screened the file, whoever answers after them: they neither review it nor decide on it."""
    Screener.objects.get_or_create(application=application, person=person, defaults={"since": at})


def _locked(application_id: int) -> Application:
    return Application.objects.locked().select_related("call", "organisation", "track").get(pk=application_id)


def _without_reason(answers: list[ScreeningInput], found: dict[str, tuple[bool, str]]) -> list[Problem]:
    problems = []
    for answer in answers:
        expected = found.get(answer.item.check_name, (True, ""))[0]
        differs = answer.verdict == ScreeningVerdict.NO or not expected
        if differs and not answer.reason.strip():
            sentence = _("Write why, on item %(code)s: the answer is no, or it differs from the portal.")
            problems.append(Problem("no_reason", sentence % {"code": answer.item.code}, f"#item-{answer.item.code}"))
    return problems
