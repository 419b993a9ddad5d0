"""Writing a draft: each verb saves what it is given and nothing else. Drafting leaves no line in the audit chain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.budget import line_amount
from applications.choices import IncomeKind, State
from applications.content import PROJECT_FIELDS
from applications.models import Annex, Answer, Application, BudgetLine, IncomeLine
from applications.readiness import missing_before_edit, too_many_applications
from calls.models import AnnexRequirement, BudgetHeading, Call, Question
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.files.services import store_upload
from portal.organisations.models import Organisation

# The smallest step of a moment: a change waited for the lock that a submission held, and came after it.
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class LineInput:
    """One expense as it was typed; amounts in euro."""

    heading: BudgetHeading
    description: str
    quantity: Decimal
    unit_cost: Decimal


def start_application(
    *, call_id: int, organisation_id: int, by: User, at: datetime | None = None, language: str | None = None
) -> Application:
    """An empty draft exists, within the call's maximum per organisation."""
    moment = at or timezone.now()
    with transaction.atomic():
        # The call first, then the organisation: the order in which a paper application takes them too.
        call = Call.objects.locked().get(pk=call_id)
        organisation = Organisation.objects.locked().get(pk=organisation_id)
        require(by, "applications.start_application", organisation)
        own = organisation.applications.live().filter(call=call)
        closed = (
            [] if call.is_open(moment) else [Problem("call_not_open", _("This call is not open for applications."))]
        )
        refuse_if([*closed, *too_many_applications(call, own.count())])
        number = (call.applications.aggregate(last=Max("number"))["last"] or 0) + 1
        taken = set(own.values_list("ordinal", flat=True))
        application = Application.objects.create(
            call=call,
            organisation=organisation,
            number=number,
            reference=f"{call.reference}-D-{number:03d}",
            ordinal=next(place for place in range(1, len(taken) + 2) if place not in taken),
            language=language or by.language,
            created_by=by,
        )
        record("application.started", on=application, by=by)
    return application


def save_project(
    *, application_id: int, by: User, values: Mapping[str, Any], at: datetime | None = None
) -> Application:
    """The named fields of the project hold these values; fields that are not named stay as they are."""
    with transaction.atomic():
        application = _editable(application_id, by, at)
        names = [name for name in PROJECT_FIELDS if name in values]
        for name in names:
            setattr(application, name, values[name])
        application.save(update_fields=[*names, "changed_at"])
        if "goals" in values:
            application.goals.set(values["goals"])
    return application


def save_answers(
    *, application_id: int, by: User, answers: Mapping[Question, str], at: datetime | None = None
) -> Application:
    """Each of these questions has this answer, saved by this person at this moment."""
    with transaction.atomic():
        application = _editable(application_id, by, at, parts=answers)
        for question, text in answers.items():
            Answer.objects.update_or_create(
                application=application,
                question=question,
                defaults={"text": text, "saved_by": by, "saved_at": at or timezone.now()},
            )
        application.save(update_fields=["changed_at"])
    return application


def save_budget(
    *,
    application_id: int,
    by: User,
    lines: Iterable[LineInput],
    income: Mapping[str, Decimal],
    at: datetime | None = None,
) -> Application:
    """The budget is exactly these expenses and this income; the amounts of the lines are computed here."""
    with transaction.atomic():
        application = _editable(application_id, by, at)
        application.budget_lines.all().delete()
        BudgetLine.objects.bulk_create(
            BudgetLine(
                application=application,
                heading=line.heading,
                position=position,
                description=line.description,
                quantity=line.quantity,
                unit_cost=line.unit_cost,
                amount=line_amount(line.quantity, line.unit_cost),
            )
            for position, line in enumerate(lines)
        )
        application.income_lines.all().delete()
        IncomeLine.objects.bulk_create(
            IncomeLine(application=application, kind=kind, amount=income[kind])
            for kind in IncomeKind.values
            if income.get(kind)
        )
        application.save(update_fields=["changed_at"])
    return application


def attach_annex(
    *, application_id: int, requirement: AnnexRequirement, by: User, upload: UploadedFile, at: datetime | None = None
) -> tuple[Annex, bool]:
    """The file is attached; the flag says whether it is new. Raises UnacceptableFile, and then nothing changed."""
    with transaction.atomic():
        application = _editable(application_id, by, at, parts=[requirement])
        stored, name = store_upload(upload)
        if not requirement.takes_several:
            application.annexes.filter(requirement=requirement).exclude(stored_file=stored).delete()
        annex, is_new = Annex.objects.get_or_create(
            application=application,
            requirement=requirement,
            stored_file=stored,
            defaults={"name": name, "attached_by": by, "attached_at": at or timezone.now()},
        )
        application.save(update_fields=["changed_at"])
    return annex, is_new


def remove_annex(*, application_id: int, annex_id: int, by: User, at: datetime | None = None) -> None:
    """The file is no longer attached; versions that were handed in with it keep it."""
    with transaction.atomic():
        requirements = AnnexRequirement.objects.filter(files__pk=annex_id, files__application=application_id)
        application = _editable(application_id, by, at, parts=requirements)
        application.annexes.filter(pk=annex_id).delete()
        application.save(update_fields=["changed_at"])


def _editable(
    application_id: int, by: User, at: datetime | None, *, parts: Iterable[AnnexRequirement | Question] = ()
) -> Application:
    """The locked application, allowed to this person and still open for these parts; its change is stamped."""
    moment = at or timezone.now()
    application = Application.objects.locked().select_related("call").get(pk=application_id)
    is_correction = application.state == State.CORRECTION_REQUESTED
    require(by, f"applications.{'correct' if is_correction else 'edit'}_application", application)
    refuse_if(missing_before_edit(application, at=moment, parts=parts))
    application.changed_at = _stamp(application, moment)
    return application


def _stamp(application: Application, moment: datetime) -> datetime:
    """The moment of the change; later than the last version, also where the request came in before that one did."""
    if application.state != State.SUBMITTED or application.submitted_at is None:
        return moment
    return max(moment, application.submitted_at + INSTANT)
