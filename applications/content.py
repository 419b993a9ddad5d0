"""What a version holds: the whole application as canonical JSON, with the hash of every answer and file."""

import uuid
from datetime import datetime
from typing import Any

from applications.budget import budget_of
from applications.form_state import FormState, form_state
from applications.models import Application, Version
from portal.accounts.models import User
from portal.core.canonical import canonical_json, sha256_hex


def freeze(application: Application, *, by: User, at: datetime, key: uuid.UUID) -> Version:
    """Write the next version of the application, exactly as it stands now."""
    form = form_state(application)
    content = canonical_json(content_of(application, form))
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
    version.files.set({annex.stored_file for annexes in form.annexes.values() for annex in annexes})
    return version


def content_of(application: Application, form: FormState) -> dict[str, Any]:
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
        "project": _project(application),
        "answers": [
            {"question": question.code, "text": text, "sha256": sha256_hex(text)}
            for section in form.sections
            for question in form.questions_of(section)
            if (text := form.answer_text(question))
        ],
        "budget": _budget(application),
        "annexes": [
            {
                "annex": requirement.code,
                "name": annex.name,
                "size": annex.stored_file.size,
                "sha256": annex.stored_file.sha256,
            }
            for requirement in form.requirements()
            for annex in form.files_for(requirement)
        ],
    }


def _project(application: Application) -> dict[str, Any]:
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


def _budget(application: Application) -> dict[str, Any]:
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
