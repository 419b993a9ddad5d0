"""The desk's pages for people without an account: entering a paper application, and the letters that go by post."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from applications.choices import State
from applications.models import Application, Sending
from portal.documents.models import Document
from portal.organisations.models import Organisation
from tests import factories
from tests.applications.papers import entered
from tests.files.samples import EXE, pdf
from tests.reviews.pages import page
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def scan(name="scan.pdf", content=None):
    return SimpleUploadedFile(name, content or pdf(), content_type="application/pdf")


def typed(**changes):
    received = timezone.localtime() - timedelta(hours=2)
    return {
        "enterprise_number": "0403.019.261",
        "name": "Voorbeeld Papier vzw",
        "legal_form": "asbl",
        "street": "Voorbeeldstraat 1",
        "postcode": "1000",
        "city": "Brussel",
        "title": "Gedeeld textielatelier",
        "language": "nl",
        "track": "B",
        "lot": "L3",
        "amount": "38 000",
        "received_on": received.date().isoformat(),
        "received_time": f"{received:%H:%M:%S}",
        "scan": scan(),
        **changes,
    }


def test_olga_finds_the_page_from_the_work_list_and_enters_a_paper_application(olga, closed_call):
    assert page("paper_calls") in olga.get(page("work_list")).text
    assert page("paper", closed_call.reference) in olga.get(page("paper_calls")).text

    response = olga.post(page("paper", closed_call.reference), typed(), follow=True)

    application = Application.objects.get()
    assert application.reference in response.text
    assert (application.state, application.channel, application.language) == (State.SUBMITTED, "paper", "nl")
    assert application.organisation.name == "Voorbeeld Papier vzw"


def test_after_the_opening_the_page_leads_to_the_file_and_its_scan_can_be_read(olga, closed_call):
    factories.unsealed(closed_call, "D-001")

    response = olga.post(page("paper", closed_call.reference), typed(), follow=True)
    application = Application.objects.get(channel="paper")

    assert response.redirect_chain[-1][0].endswith(f"/desk/files/{application.reference}/")
    shown = olga.get(page("file_application", application.reference)).text
    assert "Scan of the paper application" in shown
    download = olga.get(page("file_annex", application.reference, application.scan.sha256))
    assert b"".join(download.streaming_content) == pdf()


def test_a_known_number_takes_the_organisation_that_the_portal_has(olga, closed_call):
    known = Organisation.objects.get(memberships__user=factories.person("bruno"))
    told = typed(enterprise_number=known.shown_number, name="", street="", postcode="", city="")

    olga.post(page("paper", closed_call.reference), told)

    assert Application.objects.get().organisation == known


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scan": scan("scan.docx")}, "This kind of file is not accepted."),
        ({"scan": scan("scan.pdf", EXE)}, "The content of this file is not what its extension"),
        ({"scan": ""}, "Choose the scan of the paper application."),
        ({"received_on": "2099-01-01"}, "The moment of receipt lies in the future."),
        ({"received_time": "noon"}, "Write a time, for example 11:59 or 11:59:30."),
        ({"amount": "1.234"}, "1.234"),
        ({"enterprise_number": "0403.019.262"}, "This is not an enterprise number."),
        ({"name": ""}, "Write the name of the organisation."),
        ({"title": ""}, "Write the title of the project."),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(olga, closed_call, changes, sentence):
    response = olga.post(page("paper", closed_call.reference), typed(**changes))

    assert response.status_code in (409, 422)
    assert sentence in response.text
    assert "Voorbeeldstraat 1" in response.text
    assert not Application.objects.exists()
    assert not Organisation.objects.filter(enterprise_number="0403019261").exists()


def test_a_scan_that_was_sent_is_kept_while_another_field_is_mended(olga, closed_call):
    refused = olga.post(page("paper", closed_call.reference), typed(title=""))
    kept = refused.context["kept"]

    olga.post(page("paper", closed_call.reference), typed(scan="", kept=kept))

    assert "“scan.pdf” is kept." in refused.text
    assert Application.objects.get().scan_name == "scan.pdf"


def test_nobody_puts_another_file_in_the_place_of_the_scan(olga, closed_call):
    response = olga.post(page("paper", closed_call.reference), typed(scan="", kept="1:forged"))

    assert response.status_code == 422
    assert not Application.objects.exists()


@pytest.fixture
def letter(closed_call):
    document = Document.objects.get(about=entered(closed_call).audit_name)
    seal(document.pk)
    return factories.fetch(document)


def test_a_letter_waits_for_the_post_is_printed_and_recorded(olga, letter):
    assert letter.number in olga.get(page("post_list")).text
    assert "Letters to post" in olga.get("/en/dashboard/").text
    told = {"channel": "registered_post", "sent_on": timezone.localdate().isoformat(), "number": "RP 12 345"}

    olga.post(page("record_sending", letter.code), told)

    sending = Sending.objects.get()
    assert (sending.document, sending.number, sending.recorded_by) == (letter, "RP 12 345", olga.user)
    olga.get(page("post_list"))
    assert letter.number not in olga.get(page("post_list")).text
    assert "RP 12 345" in olga.get(page("record_sending", letter.code)).text


def test_the_number_of_a_registered_letter_is_not_called_optional(olga, letter):
    assert "(optional)" not in olga.get(page("record_sending", letter.code)).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "Write the number of the registered letter."),
        ({"sent_on": "2099-01-01"}, "The day of sending lies in the future."),
        ({"channel": ""}, "Choose how the letter was sent."),
    ],
)
def test_a_sending_that_cannot_be_is_refused_and_nothing_typed_is_lost(olga, letter, changes, sentence):
    told = {"channel": "registered_post", "sent_on": timezone.localdate().isoformat(), "number": "RP 12 345"}

    response = olga.post(page("record_sending", letter.code), {**told, **changes})

    assert response.status_code in (409, 422)
    assert sentence in response.text
    assert not Sending.objects.exists()
