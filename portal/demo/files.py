"""Fills and hands in an application of the texts, through the services, as its members would."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.dateparse import parse_date

from applications import services
from applications.choices import SendingChannel
from applications.models import Application, Version
from calls.models import Call, Question
from portal.accounts.models import User
from portal.codelists.models import Goal, Sector
from portal.demo import texts
from portal.demo.annexes import DemoFile, annexes_of, corrected_annexes_of, paper_scan
from portal.documents.models import Document
from portal.documents.services import render_document
from portal.files.services import store_bytes
from portal.organisations.choices import MemberRole
from portal.organisations.models import Organisation

Story = dict[str, Any]


def start(call: Call, story: Story, *, at: datetime) -> Application:
    """An empty draft of the organisation of the story."""
    organisation = organisation_of(story)
    return services.start_application(
        call_id=call.pk, organisation_id=organisation.pk, by=owner_of(organisation), at=at, language=story["language"]
    )


def fill(application: Application, story: Story, *, at: datetime, days: int) -> Application:
    """The draft holds everything that the story says; dates are shifted by `days`."""
    owner = owner_of(application.organisation)
    call = application.call
    save = {"application_id": application.pk, "by": owner, "at": at}
    services.save_project(**save, values=_project(call, story, days))
    services.save_answers(**save, answers=_answers(call, story))
    services.save_budget(
        **save,
        lines=_lines(call, story),
        income={row["heading"]: Decimal(row["amount"]) for row in story["budget"]["income"]},
    )
    attach_all(application, story, at=at)
    return Application.objects.get(pk=application.pk)


def attach_all(application: Application, story: Story, *, at: datetime) -> None:
    """Every annex of the story is attached."""
    row = texts.organisations()[story["organisation"]]
    _attach(application, annexes_of(story, call=texts.read("call"), organisation=row), at=at)


def _attach(application: Application, found: Iterable[DemoFile], *, at: datetime) -> None:
    owner = owner_of(application.organisation)
    requirements = {row.code: row for row in application.call.annexes.all()}
    for file in found:
        services.attach_annex(
            application_id=application.pk,
            requirement=requirements[file.code],
            by=owner,
            upload=SimpleUploadedFile(file.name, file.content, content_type="application/pdf"),
            at=at,
        )


def hand_in(application: Application, *, at: datetime) -> Version:
    """The application is submitted by its signatory, as if the request had arrived at that moment."""
    owner = owner_of(application.organisation)
    return services.submit_application(application_id=application.pk, by=owner, arrived_at=at)


def correct(application: Application, story: Story, *, at: datetime) -> Version:
    """The annexes that the correction asks for are replaced, and the correction is sent."""
    row = texts.organisations()[story["organisation"]]
    _attach(application, corrected_annexes_of(story, call=texts.read("call"), organisation=row), at=at)
    owner = owner_of(application.organisation)
    return services.correct_application(application_id=application.pk, by=owner, arrived_at=at)


def enter_paper(call: Call, story: Story, *, by: User, received_at: datetime, at: datetime) -> Application:
    """The paper application of the story is entered with its scan, as received at that moment."""
    organisation = organisation_of(story)
    scan = paper_scan(story, organisation=texts.organisations()[story["organisation"]])
    paper = services.PaperApplication(
        title=story["title"][story["language"]],
        language=story["language"],
        track=call.tracks.get(code=story["track"]),
        lot=call.lots.get(code=story["lot"]),
        amount=Decimal(story["budget"]["grant_requested"]),
        received_at=received_at,
        scan=store_bytes(scan.content, "application/pdf"),
        scan_name=scan.name,
        place=story["local_partner"]["place"],
        partner_name=story["local_partner"]["name"],
        duration=story["duration_months"],
    )
    return services.register_paper_application(call_id=call.pk, by=by, organisation=organisation, paper=paper, at=at)


def post_letters(application: Application, *, by: User) -> None:
    """Every letter about the application is sealed and left today by registered post."""
    for turn, letter in enumerate(Document.objects.filter(about=application.audit_name).order_by("pk"), start=1):
        if not letter.is_ready:
            render_document(document_id=letter.pk)
        services.record_sending(
            document_id=letter.pk,
            by=by,
            channel=SendingChannel.REGISTERED,
            sent_on=timezone.localdate(),
            number=f"{application.reference}-{turn}",
        )


def organisation_of(story: Story) -> Organisation:
    """The organisation that applies in the story."""
    row = texts.organisations()[story["organisation"]]
    return Organisation.objects.get(enterprise_number=row["enterprise_number"])


def owner_of(organisation: Organisation) -> Any:
    """The first signatory of the organisation."""
    return organisation.memberships.filter(role=MemberRole.OWNER).select_related("user")[0].user


def _project(call: Call, story: Story, days: int) -> dict[str, Any]:
    return {
        "title": story["title"][story["language"]],
        "summary": story["summary"],
        "track": call.tracks.get(code=story["track"]),
        "lot": call.lots.get(code=story["lot"]),
        "place": story["local_partner"]["place"],
        "partner_name": story["local_partner"]["name"],
        "starts_on": parse_date(texts.shifted(story["start"], days)),
        "duration": story["duration_months"],
        "sector": Sector.objects.get(code=story["dac_sector"]),
        "goals": Goal.objects.filter(code__in=[str(code) for code in story["sdg"]]),
    }


def _answers(call: Call, story: Story) -> dict[Question, str]:
    questions = {question.code: question for question in Question.objects.filter(section__call=call)}
    return {questions[code]: text for code, text in story["answers"].items()}


def _lines(call: Call, story: Story) -> list[services.LineInput]:
    headings = {heading.code: heading for heading in call.headings.all()}
    return [
        services.LineInput(
            heading=headings[row["heading"]],
            description=row["label"],
            quantity=Decimal(row["quantity"]),
            unit_cost=Decimal(row["unit_cost"]),
        )
        for row in story["budget"]["lines"]
    ]
