"""A correction of the bank certificate (annex A6, item R3), asked by Olga and answered by Amina, for several tests."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Application, Correction, Version
from applications.services import attach_annex, correct_application
from calls.models import AnnexRequirement, Call, Question
from portal.demo.annexes import annexes_of
from reviews.services import CorrectionInput, request_correction, take_in_screening
from tests import factories

MISSING = "L’attestation bancaire porte sur un autre compte."
ACCEPTED = "Une attestation de moins de six mois, pour le compte indiqué."


def in_screening(call: Call, reference: str = "D-001") -> Application:
    """A file that Olga has in hand."""
    (application,) = factories.unsealed(call, reference)
    take_in_screening(application_id=application.pk, by=factories.person("olga"))
    return factories.fetch(application)


def annex(application: Application, code: str = "A6") -> AnnexRequirement:
    """An annex that the call asks for."""
    return application.call.annexes.get(code=code)


def question(application: Application, code: str = "Q9") -> Question:
    """A question of the call's form."""
    return Question.objects.get(section__call=application.call, code=code)


def point(application: Application, code: str = "R3", **words: str) -> CorrectionInput:
    """One item that is not in order."""
    item = application.call.screening_items.get(code=code)
    return CorrectionInput(item=item, **{"missing": MISSING, "accepted": ACCEPTED, **words})


def asked(application: Application, *, by: str = "olga", **changes: Any) -> Correction:
    """The correction is asked, on annex A6 unless told otherwise."""
    told = {"points": [point(application)], "opened": [annex(application)], **changes}
    return request_correction(application_id=application.pk, by=factories.person(by), **told)


def other_file(name: str = "attestation-corrigee.pdf") -> SimpleUploadedFile:
    """A real PDF that was not attached before."""
    from portal.demo import texts

    told = factories.story("D-007")
    organisation = texts.organisations()[told["organisation"]]
    files = annexes_of(told, call=texts.read("call"), organisation=organisation)
    content = next(file.content for file in files if file.code == "A6")
    return SimpleUploadedFile(name, content + b"\n%%EOF\n", content_type="application/pdf")


def attach(application: Application, code: str = "A6", *, by: str = "amina", at: datetime | None = None) -> None:
    """A new file takes the place of the annex."""
    attach_annex(
        application_id=application.pk,
        requirement=annex(application, code),
        by=factories.person(by),
        upload=other_file(),
        at=at,
    )


def answered(application: Application, *, at: datetime | None = None) -> Version:
    """The applicant replaces annex A6 and sends the correction, just before it is due unless told otherwise."""
    moment = at or application.correction.requested_at
    attach(application, at=moment)
    return correct_application(application_id=application.pk, by=factories.person("amina"), arrived_at=moment)
