"""Entering an application that arrived on paper: the same version and receipt as through the portal."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import emails
from applications.choices import Channel, IncomeKind
from applications.content import freeze
from applications.models import Application, IncomeLine
from calls.choices import State as CallState
from calls.models import Call, Lot, Track
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.exceptions import Problem, refuse_if
from portal.core.gate import require
from portal.documents.services import request_document
from portal.files.models import StoredFile
from portal.mail.services import post
from portal.organisations.models import Organisation
from portal.organisations.permissions import is_member_of
from portal.organisations.services import NewOrganisation, register_organisation

SCAN_KINDS = ("pdf", "jpg", "png")
SCAN_TYPES = {"application/pdf", "image/jpeg", "image/png"}
TAKES_PAPER = {CallState.PUBLISHED, CallState.IN_ASSESSMENT}


@dataclass(frozen=True)
class PaperApplication:
    """What the officer reads on the paper: the amount in euro, the moment as stamped; the rest stands in the scan."""

    title: str
    language: str
    track: Track
    lot: Lot | None
    amount: Decimal
    received_at: datetime
    scan: StoredFile
    scan_name: str
    place: str = ""
    partner_name: str = ""
    starts_on: date | None = None
    duration: int | None = None


def register_paper_application(
    *,
    call_id: int,
    by: User,
    organisation: Organisation | NewOrganisation,
    paper: PaperApplication,
    at: datetime | None = None,
) -> Application:
    """The paper application is submitted since the moment when it arrived, as version 1; its receipt is requested.

    Neither the deadline nor completeness is asked here: screening judges both. An organisation that is new to the
    portal is entered with it.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        call = Call.objects.locked().get(pk=call_id)
        require(by, "applications.register_paper", call)
        refuse_if(list(_cannot_register(call, organisation, paper, by=by, at=moment)))
        applicant = _applicant(organisation, by=by)
        application = _entered(call, applicant, paper, by=by)
        _first_submission(call, at=paper.received_at)
        version = freeze(application, by=by, at=paper.received_at, key=uuid.uuid4(), entered_at=moment)
        document = request_document("applications.receipt", of=version, language=application.language)
        post(emails.receipt(version, code=document.code))
        data = {"version": version.number, "sha256": version.sha256, "scan": paper.scan.sha256}
        record("application.registered_on_paper", on=application, by=by, data=data)
    return application


def _cannot_register(
    call: Call, organisation: Organisation | NewOrganisation, paper: PaperApplication, *, by: User, at: datetime
) -> Iterator[Problem]:
    if call.state not in TAKES_PAPER:
        yield Problem("call_state", _("This call takes no application: it is not published, or it is over."))
    if isinstance(organisation, Organisation) and is_member_of(by, organisation.pk):
        yield Problem("tie", _("You belong to this organisation. Another officer enters its application."))
    if paper.received_at > at:
        sentence = _("The moment of receipt lies in the future. Write the moment of the stamp.")
        yield Problem("future", sentence, "#id_received_on")
    if paper.scan.media_type not in SCAN_TYPES:
        yield Problem("scan_kind", _("The scan must be a PDF, JPEG or PNG file."), "#id_scan")
    if not paper.title.strip():
        yield Problem("no_title", _("Write the title of the project."), "#id_title")
    if paper.amount <= 0:
        yield Problem("no_amount", _("Write the amount that is asked for."), "#id_amount")
    if paper.track.call_id != call.pk or (paper.lot is not None and paper.lot.call_id != call.pk):
        yield Problem("other_call", _("Choose a track and a lot of this call."), "#id_track")


def _applicant(organisation: Organisation | NewOrganisation, *, by: User) -> Organisation:
    if isinstance(organisation, NewOrganisation):
        organisation = register_organisation(facts=organisation, by=by)
    return Organisation.objects.locked().get(pk=organisation.pk)


def _entered(call: Call, organisation: Organisation, paper: PaperApplication, *, by: User) -> Application:
    number = (call.applications.aggregate(last=Max("number"))["last"] or 0) + 1
    taken = set(organisation.applications.live().filter(call=call).values_list("ordinal", flat=True))
    application = Application(
        call=call,
        organisation=organisation,
        number=number,
        reference=f"{call.reference}-D-{number:03d}",
        ordinal=next(place for place in range(1, len(taken) + 2) if place not in taken),
        language=paper.language,
        title=paper.title.strip(),
        track=paper.track,
        lot=paper.lot,
        place=paper.place.strip(),
        partner_name=paper.partner_name.strip(),
        starts_on=paper.starts_on,
        duration=paper.duration,
        channel=Channel.PAPER,
        scan=paper.scan,
        scan_name=paper.scan_name,
        created_by=by,
    )
    application.submit(at=paper.received_at)
    application.save()
    IncomeLine.objects.create(application=application, kind=IncomeKind.GRANT, amount=paper.amount)
    return application


def _first_submission(call: Call, *, at: datetime) -> None:
    """From the first submission on, the criteria and their weights refuse any change."""
    Call.objects.filter(pk=call.pk, first_submitted_at__isnull=True).update(first_submitted_at=at)
