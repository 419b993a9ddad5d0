"""What a version holds: the whole application as canonical JSON, with the hash of every answer and file."""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from applications.budget import budget_of
from applications.form_state import FormState, form_state
from applications.models import Annex, Application, Correction, Version
from calls.models import AnnexRequirement, Question
from calls.structure import structure_of
from portal.accounts.models import User
from portal.core.canonical import canonical_json, sha256_hex
from portal.files.models import StoredFile

Content = dict[str, Any]
# What a draft says of its project beside its goals, and may change one by one.
PROJECT_FIELDS = (
    "language",
    "title",
    "summary",
    "track",
    "lot",
    "place",
    "partner_name",
    "starts_on",
    "duration",
    "sector",
)


def freeze(
    application: Application, *, by: User, at: datetime, key: uuid.UUID, entered_at: datetime | None = None
) -> Version:
    """Write the next version of the application, exactly as it stands now.

    `entered_at` is when an officer entered a paper application, which arrived at `at`.
    """
    form = form_state(application)
    content = canonical_json({**content_of(application, form), **_paper(application, entered_at)})
    version = Version.objects.create(
        application=application,
        number=application.versions.count() + 1,
        submitted_at=at,
        submitted_by=by,
        content=content,
        sha256=sha256_hex(content),
        amount_requested=budget_of(application).requested,
        key=key,
    )
    files = {annex.stored_file for annexes in form.annexes.values() for annex in annexes}
    version.files.set(files | ({application.scan} if application.scan and entered_at else set()))
    return version


def freeze_correction(correction: Correction, *, by: User, at: datetime) -> Version:
    """Write the next version: the last one, with what the correction opened as it stands now, and nothing else.

    Other rows may hold changes that were never handed in; they do not slip in with a correction.
    """
    last = correction.application.versions.order_by("-number")[0]
    content = canonical_json(corrected_content(correction, last))
    version = Version.objects.create(
        application=correction.application,
        number=last.number + 1,
        submitted_at=at,
        submitted_by=by,
        content=content,
        sha256=sha256_hex(content),
        amount_requested=last.amount_requested,
    )
    named = {row["sha256"] for row in json.loads(content)["annexes"]}
    kept = [stored for stored in last.files.all() if stored.sha256 in named or stored.pk == version.application.scan_id]
    version.files.set([*kept, *StoredFile.objects.filter(sha256__in=named)])
    return version


def corrected_content(correction: Correction, last: Version) -> Content:
    """The last version with the opened answers and annexes as their rows stand now, in the order of the form."""
    content: Content = json.loads(last.content)
    form = form_state(correction.application)
    structure = structure_of(correction.application.call)
    content["correction"] = {"number": correction.number}
    answers = {row["question"]: row for row in content["answers"]}
    for question in correction.questions.all():
        answers[question.code] = _answer(question, form.answer_text(question))
    order = [question.code for section in structure.sections for question in section.questions.all()]
    content["answers"] = [answers[code] for code in order if code in answers and answers[code]["text"]]
    opened = {requirement.code: requirement for requirement in correction.annexes.all()}
    kept = [row for row in content["annexes"] if row["annex"] not in opened]
    given = [row for requirement in opened.values() for row in _annexes(requirement, form.files_for(requirement))]
    places = {requirement.code: place for place, requirement in enumerate(structure.requirements)}
    content["annexes"] = sorted([*kept, *given], key=lambda row: places[row["annex"]])
    return content


def content_of(application: Application, form: FormState) -> Content:
    """Everything that counts, in a fixed order; what the call does not ask of this applicant is left out."""
    organisation = application.organisation
    return {
        "reference": application.reference,
        "call": {"reference": application.call.reference, "contract_sha256": application.call.contract_sha256},
        "language": application.language,
        "applicant": {
            "name": organisation.name,
            "legal_form": organisation.legal_form,
            "enterprise_number": organisation.enterprise_number,
            "street": organisation.street,
            "postcode": organisation.postcode,
            "city": organisation.city,
            "iban": organisation.iban,
        },
        "project": project_of(application),
        "answers": [
            _answer(question, text)
            for section in form.sections
            for question in form.questions_of(section)
            if (text := form.answer_text(question))
        ],
        "budget": _budget(application),
        "annexes": [
            row for requirement in form.requirements() for row in _annexes(requirement, form.files_for(requirement))
        ],
    }


def _answer(question: Question, text: str) -> dict[str, str]:
    return {"question": question.code, "text": text, "sha256": sha256_hex(text)}


def _annexes(requirement: AnnexRequirement, files: Iterable[Annex]) -> list[Content]:
    return [
        {
            "annex": requirement.code,
            "name": annex.name,
            "size": annex.stored_file.size,
            "sha256": annex.stored_file.sha256,
        }
        for annex in files
    ]


def _paper(application: Application, entered_at: datetime | None) -> Content:
    """The scan of what came on paper; a version handed in through the portal says nothing of it."""
    if application.scan is None or entered_at is None:
        return {}
    scan = {"name": application.scan_name, "size": application.scan.size, "sha256": application.scan.sha256}
    return {"paper": {"entered_at": entered_at, "scan": scan}}


def project_of(application: Application) -> Content:
    """The fields that every project has, as a version holds them: codes for what the call or a code list names."""
    return {
        "title": application.title,
        "summary": application.summary,
        "track": application.track.code if application.track else None,
        "lot": application.lot.code if application.lot else None,
        "place": application.place,
        "partner_name": application.partner_name,
        "starts_on": application.starts_on,
        "duration": application.duration,
        "goals": sorted(goal.code for goal in application.goals.all()),
        "sector": application.sector.code if application.sector else None,
    }


def _budget(application: Application) -> Content:
    budget = budget_of(application)
    return {
        "lines": [
            {
                "heading": row.heading.code,
                "description": line.description,
                "quantity": line.quantity,
                "unit_cost": line.unit_cost,
                "amount": line.amount,
            }
            for row in budget.headings
            for line in row.lines
        ],
        "income": budget.income,
        "direct": budget.direct,
        "indirect": budget.indirect,
        "expenses": budget.expenses,
        "requested": budget.requested,
    }
