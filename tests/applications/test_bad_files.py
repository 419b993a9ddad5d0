"""Files that should not be there, sent through the page of the annexes (docs/reliability.md, section 4)."""

import io
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from applications.models import Annex
from applications.services import attach_annex
from calls.services import open_assessment
from portal.documents.letter import write_letter
from portal.documents.models import Document
from portal.files.models import StoredFile
from tests import factories
from tests.applications.addresses import page
from tests.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(open_call):
    """A draft in which nothing stands yet."""
    return factories.empty_draft(open_call)


def send(person, application, name, content, *, annex="A3", media_type="application/pdf", language="en"):
    upload = SimpleUploadedFile("placeholder", content, content_type=media_type)
    upload._name = name  # as a raw request could say it, before any cleaning
    return person.post(page("annexes", application, language=language), {"annex": annex, "file": upload})


def names(application):
    return [annex.name for annex in application.annexes.all()]


def download(person, application):
    response = person.get(page("annex_download", application, application.annexes.get().pk))
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    response.close()
    return response


def nothing_is_stored():
    return not StoredFile.objects.exists() and not any(Path(settings.FILES_ROOT).rglob("incoming-*"))


def test_a_file_is_attached_and_told(amina, empty):
    response = send(amina, empty, "cadre.pdf", samples.pdf())

    assert response.url == f"{page('annexes', empty)}#annex-A3"
    text = amina.get(page("annexes", empty)).text
    assert "“cadre.pdf” is attached as annex A3." in text
    assert "Not scanned" in text
    annex = Annex.objects.get(application=empty)
    assert annex.stored_file.sha256 in text
    assert (annex.name, annex.attached_by, annex.stored_file.media_type) == ("cadre.pdf", amina.user, "application/pdf")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pdf", b"", "This file is empty."),
        ("program.pdf", samples.EXE, "The content of this file is not what its extension “.pdf” says."),
        ("program.exe", samples.EXE, "This kind of file is not accepted."),
        ("page.pdf", samples.HTML, "The content of this file is not what its extension “.pdf” says."),
        ("page.html", samples.HTML, "This kind of file is not accepted."),
        ("drawing.svg", b"<svg><script/></svg>", "This kind of file is not accepted."),
        ("late-start.pdf", b"<html>" + b" " * 500 + samples.pdf(), "is not what its extension"),
        ("cut.pdf", samples.pdf()[:-40], "This PDF is not complete."),
        ("locked.pdf", samples.pdf(password="secret"), "Remove the password"),
        ("letter.docx", samples.docx(**{"word/vbaProject.bin": b"x"}), "This file contains macros."),
        ("cadre\u202efdp.exe", samples.pdf(), "This kind of file is not accepted."),
        ("cadre", samples.pdf(), "This kind of file is not accepted."),
    ],
)
def test_a_file_that_is_not_acceptable_is_refused_beside_its_annex_and_nothing_is_stored(
    amina, empty, name, content, sentence
):
    response = send(amina, empty, name, content)

    assert response.status_code == 422
    assert response.text.count(sentence) == 2
    assert 'href="#file-A3"' in response.text
    assert names(empty) == []
    assert nothing_is_stored()


def test_a_file_one_byte_over_the_limit_is_refused_with_the_limit(amina, empty, settings):
    settings.MAX_ANNEX_BYTES = 2000
    content = samples.pdf() + b"%" * 2000

    response = send(amina, empty, "large.pdf", content[:2001])

    assert response.status_code == 422
    assert "This file is larger than" in response.text
    assert nothing_is_stored()


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *args):
        raise AssertionError("The body was read.")


def test_a_body_many_times_too_long_is_refused_before_it_is_read(amina, empty):
    response = amina.generic(
        "POST",
        page("annexes", empty),
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(settings.MAX_ANNEX_BYTES * 100)},
    )

    assert response.status_code == 413
    assert "This file is larger than 10\xa0MB. Make it smaller or split it." in response.text


def test_the_type_is_that_of_the_content_whatever_the_browser_says(amina, empty):
    send(amina, empty, "cadre.pdf", samples.pdf(), media_type="text/html")

    assert StoredFile.objects.get().media_type == "application/pdf"
    response = download(amina, empty)
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("n" * 300 + ".pdf", "n" * 251 + ".pdf"),
        ("n" * 900 + ".pdf", "n" * 251 + ".pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\x.pdf", "x.pdf"),
        ("C:\\Users\\amina\\cadre.pdf", "cadre.pdf"),
        ("facture_\u202e.pdf", "facture_.pdf"),
        (".htaccess.pdf", ".htaccess.pdf"),
        ("e\u0301te\u0301 😀.pdf", "été 😀.pdf"),
    ],
)
def test_a_strange_name_is_cleaned_for_showing(amina, empty, sent, shown):
    send(amina, empty, sent, samples.pdf())

    assert names(empty) == [shown]
    assert not any(shown in name for name in os.listdir(settings.FILES_ROOT))


def test_a_name_of_five_thousand_letters_is_refused_with_a_sentence_and_stores_nothing(amina, empty):
    response = send(amina, empty, "n" * 5000 + ".pdf", samples.pdf())

    assert response.status_code == 422
    assert response.text.count("The name of this file is too long. Rename it and try again.") == 2
    assert 'href="#file-A3"' in response.text
    assert nothing_is_stored()


def test_a_name_that_is_too_long_still_needs_the_token_of_the_page(amina, empty):
    amina.handler.enforce_csrf_checks = True

    assert send(amina, empty, "n" * 5000 + ".pdf", samples.pdf()).status_code == 403


def test_markup_in_a_name_is_shown_letter_by_letter(amina, empty):
    send(amina, empty, '<img src=x onerror="alert(1)">.pdf', samples.pdf())

    text = amina.get(page("annexes", empty)).text
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=" in text


def test_markup_in_a_name_is_text_on_the_pages_of_officers_and_data_in_the_receipt(amina, olga, closed_call):
    name = "<b>bilan & plan.pdf"
    application = factories.full_draft(closed_call)
    moment = closed_call.closes_at - timedelta(days=2)
    upload = SimpleUploadedFile("placeholder", samples.pdf(), content_type="application/pdf")
    upload._name = name
    requirement = closed_call.annexes.get(code="A3")
    attach_annex(application_id=application.pk, requirement=requirement, by=amina.user, upload=upload, at=moment)
    factories.files.hand_in(application, at=moment)
    open_assessment(call_id=closed_call.pk, by=olga.user, at=timezone.now())

    pages = [
        olga.get(reverse("reviews:file_application", args=[application.reference])).text,
        amina.get(page("read", application)).text,
    ]
    receipt = Document.objects.get(kind="applications.receipt")

    assert all("&lt;b&gt;bilan &amp; plan.pdf" in text and "<b>bilan" not in text for text in pages)
    assert name in [row["name"] for row in json.loads(receipt.content)["files"] if row["annex"] == "A3"]
    assert "&lt;b&gt;bilan &amp; plan.pdf" in write_letter(receipt).html


def test_a_name_with_line_breaks_and_quotes_makes_no_header(amina, empty):
    response = send_raw(amina, empty, filename='a\\"b%0d%0aX-Evil: 1.pdf')

    assert response.status_code == 302
    taken = download(amina, empty)
    assert "X-Evil" not in taken.headers
    assert "\n" not in taken["Content-Disposition"]


@pytest.mark.parametrize("sent", ["a\x00.pdf", "a.pdf\x00.exe", "a&#0;\x00.pdf", "\x00"])
def test_a_name_with_a_nul_is_refused_and_not_stored_under_another_name(amina, empty, sent):
    response = send_raw(amina, empty, filename=sent)

    assert response.status_code == 422
    assert "The name of this file contains a forbidden character. Rename it and try again." in response.text
    assert names(empty) == []
    assert nothing_is_stored()


def send_raw(person, application, *, filename):
    """A multipart body written by hand, for names that a well-behaved client would not send."""
    fields = [
        ('form-data; name="annex"', b"A3"),
        (f'form-data; name="file"; filename="{filename}"', samples.pdf()),
    ]
    parts = [b"--x\r\nContent-Disposition: " + head.encode() + b"\r\n\r\n" + body + b"\r\n" for head, body in fields]
    body = b"".join(parts) + b"--x--\r\n"
    return person.generic("POST", page("annexes", application), body, content_type="multipart/form-data; boundary=x")


def test_the_same_file_twice_is_one_content_and_told_already_attached(amina, empty):
    send(amina, empty, "comptes.pdf", samples.pdf(), annex="A2")
    send(amina, empty, "comptes-bis.pdf", samples.pdf(), annex="A2")

    assert (
        "This file was already attached as annex A2, under the name “comptes.pdf”."
        in amina.get(page("annexes", empty)).text
    )
    assert names(empty) == ["comptes.pdf"]
    assert StoredFile.objects.count() == 1


def test_an_annex_that_takes_one_file_keeps_the_last_one(amina, empty):
    send(amina, empty, "first.pdf", samples.pdf())
    send(amina, empty, "second.pdf", samples.pdf(pages=2))

    assert names(empty) == ["second.pdf"]


def test_kinds_and_the_largest_size_are_told_before_a_file_is_chosen(amina, empty, settings):
    settings.MAX_ANNEX_BYTES = 3 * 1024 * 1024
    text = amina.get(page("annexes", empty)).text

    assert "One file has at most 3\xa0MB." in text
    assert text.count('accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt,.ods,.csv,.txt"') == text.count('type="file"') > 0


def test_no_file_at_all_is_told_beside_the_annex(amina, empty):
    response = amina.post(page("annexes", empty), {"annex": "A3"})

    assert response.status_code == 422
    assert "Choose a file first." in response.text


@pytest.mark.parametrize("annex", ["A99", "", "A3' OR 1=1", "A11"])
def test_an_annex_that_is_not_asked_is_refused(amina, empty, annex):
    assert send(amina, empty, "x.pdf", samples.pdf(), annex=annex).status_code == 422
    assert names(empty) == []


def test_chloe_sends_takes_and_removes_nothing_of_aminas(chloe, draft):
    annex = draft.annexes.first()

    assert send(chloe, draft, "intrus.pdf", samples.pdf()).status_code == 404
    assert chloe.get(page("annex_download", draft, annex.pk)).status_code == 404
    assert chloe.post(page("annex_remove", draft, annex.pk)).status_code == 404
    assert annex in draft.annexes.all()
    assert "intrus.pdf" not in names(draft)


def test_a_file_of_another_application_is_not_reached_through_ones_own(chloe, open_call, draft):
    own = factories.empty_draft(open_call, "D-002")

    for name in ("annex_download", "annex_remove"):
        for number in (draft.annexes.first().pk, 2**63, 999_999):
            act = chloe.get if name == "annex_download" else chloe.post
            assert act(page(name, own, number)).status_code == 404


def test_an_officer_does_not_take_a_file_before_the_files_are_unsealed(olga, draft):
    assert olga.get(page("annex_download", draft, draft.annexes.first().pk)).status_code == 404


def test_a_file_is_removed_by_a_button_and_not_by_an_address(amina, draft):
    annex = draft.annexes.get(requirement__code="A3")

    assert amina.get(page("annex_remove", draft, annex.pk)).status_code == 405
    response = amina.post(page("annex_remove", draft, annex.pk), follow=True)

    assert f"“{annex.name}” is no longer attached." in response.text
    assert annex.name not in names(draft)


def test_a_version_keeps_the_file_that_was_removed_afterwards(amina, open_call):
    application = factories.submitted(open_call)
    annex = application.annexes.get(requirement__code="A3")

    amina.post(page("annex_remove", application, annex.pk))

    assert annex.stored_file in application.versions.get().files.all()
    assert annex.name in amina.get(page("read", application)).text


def test_after_the_deadline_no_file_is_taken_or_removed(amina, draft, at):
    annex, before = draft.annexes.first(), names(draft)
    at(draft.call.closes_at)
    amina.force_login(amina.user)

    for response in (
        send(amina, draft, "late.pdf", samples.pdf(pages=3)),
        amina.post(page("annex_remove", draft, annex.pk)),
    ):
        assert response.status_code == 409
        assert "Your draft is kept." in response.text
    assert names(draft) == before


def test_once_the_file_is_assessed_nothing_is_attached(amina, closed_call):
    [application] = factories.admitted(closed_call, "D-001")

    response = send(amina, application, "late.pdf", samples.pdf(pages=3))

    assert response.status_code == 409
    assert "is being assessed and can no longer be changed" in response.text


def test_a_request_without_the_token_of_the_page_attaches_nothing(amina, empty):
    amina.handler.enforce_csrf_checks = True

    assert send(amina, empty, "x.pdf", samples.pdf()).status_code == 403
    assert names(empty) == []
