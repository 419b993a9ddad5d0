"""The public check: genuine or unknown, this file or another, in three languages, and nothing about a person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.documents.models import Document
from portal.documents.services import release_documents
from portal.files.storage import path_of
from tests.documents import letters

GENUINE = {"fr": "Ce document est authentique", "nl": "Dit document is echt", "en": "This document is genuine"}
OUTCOME = {"fr": "Candidature refusée", "nl": "Aanvraag geweigerd", "en": "Application rejected"}


@pytest.fixture
def decision(sealed):
    """A refusal that was notified."""
    document = sealed("reviews.rejection", "fr", number="SUD2027-2027-0004")
    release_documents([document.pk], at=timezone.now())
    return Document.objects.get(pk=document.pk)


def page(document, language="en"):
    return f"/{language}/verify/{document.code}/"


def send(visitor, document, content, name="letter.pdf"):
    return visitor.post(page(document), {"file": SimpleUploadedFile(name, content)})


def kept(document):
    return path_of(document.file.sha256)


@pytest.mark.parametrize("language", GENUINE)
def test_a_genuine_document_is_confirmed_in_every_language(visitor, decision, language):
    response = visitor.get(page(decision, language))

    assert response.status_code == 200
    for said in (GENUINE[language], OUTCOME[language], decision.number, decision.file.sha256):
        assert said in response.text


def test_the_page_names_nobody_and_no_amount_and_no_reason(visitor, decision):
    text = visitor.get(page(decision)).text

    facts = letters.facts("reviews.rejection", "fr")
    secrets = [
        letters.NAME,
        "44,000",
        "44\u00a0000",
        facts["application"]["title"],
        "Conclusion",
        *letters.REASONS["fr"],
    ]
    assert [secret for secret in secrets if secret in text] == []


def test_the_address_of_the_qr_code_leads_to_the_page_in_the_language_of_the_visitor(decision):
    dutch = Client(headers={"accept-language": "nl-BE,nl;q=0.9"})
    response = dutch.get(f"/verify/{decision.code}/")

    assert response.status_code == 302
    assert response["Location"] == page(decision, "nl")


@pytest.mark.parametrize("typed", ["{}", " {} "])
def test_a_typed_code_leads_to_its_page(visitor, decision, typed):
    code = typed.format(decision.code.replace("-", "").lower())
    assert visitor.get("/en/verify/", {"code": code})["Location"] == page(decision)


def test_a_code_without_hyphens_is_the_same_code(visitor, decision):
    assert visitor.get(page(decision).replace("-", "")).status_code == 200


@pytest.mark.parametrize("code", ["AAAA-AAAA-AA", "%00", "x" * 300, "<script>", "é"])
def test_an_unknown_code_is_said_to_be_unknown(visitor, decision, code):
    response = visitor.get(f"/en/verify/{code}/")

    assert response.status_code == 404
    assert "We know no document with this code" in response.text
    assert "<script>" not in response.text.partition("<main")[2]


def test_nothing_typed_is_asked_for_again(visitor, db):
    response = visitor.get("/en/verify/", {"code": "–"})
    assert response.status_code == 200
    assert "Type the ten letters and figures of the code." in response.text


@pytest.mark.parametrize("kind", ["reviews.award", "reviews.rejection"])
def test_a_decision_that_was_not_notified_is_unknown(visitor, sealed, kind):
    assert visitor.get(page(sealed(kind, "nl"))).status_code == 404


def test_a_document_that_is_not_sealed_yet_is_unknown(visitor, ask):
    assert visitor.get(page(ask())).status_code == 404


def test_a_replaced_document_names_the_newer_one_once_that_is_released(visitor, decision, sealed):
    newer = sealed("reviews.award", "fr", number="SUD2027-2027-0009", replaces=decision)
    assert newer.number not in visitor.get(page(decision)).text

    release_documents([newer.pk], at=timezone.now())

    text = visitor.get(page(decision)).text
    assert newer.number in text
    assert page(newer) in text


def test_the_very_file_is_recognised(visitor, decision):
    response = send(visitor, decision, kept(decision).read_bytes())

    assert response.status_code == 200
    assert "This is the file that we sealed, byte for byte." in response.text


def test_a_changed_file_is_not_and_both_fingerprints_are_shown(visitor, decision):
    changed = kept(decision).read_bytes() + b"\n"
    response = send(visitor, decision, changed)

    assert "This is not the file that we sealed" in response.text
    assert GENUINE["en"] not in response.text, "whoever holds another file must not read that it is genuine"
    assert decision.file.sha256 in response.text
    assert letters.hashlib.sha256(changed).hexdigest() in response.text


def test_an_empty_file_is_another_file(visitor, decision):
    assert "This is not the file that we sealed" in send(visitor, decision, b"").text


def test_a_file_beyond_the_limit_is_refused_with_the_limit(visitor, decision, settings):
    settings.MAX_ANNEX_BYTES = 1000
    response = send(visitor, decision, b"x" * 2000)

    assert response.status_code == 200
    assert "This file is larger than" in response.text
    assert "Fingerprint of your file" not in response.text


def test_without_a_file_the_page_says_what_is_missing(visitor, decision):
    response = visitor.post(page(decision), {})
    assert response.status_code == 200
    assert "gp-errors" in response.text


def test_the_file_that_was_sent_is_not_kept(visitor, decision, settings):
    before = {path.name for path in settings.FILES_ROOT.rglob("*")}
    send(visitor, decision, b"somebody's own file")
    assert {path.name for path in settings.FILES_ROOT.rglob("*")} == before


def test_a_form_of_another_site_is_refused(decision):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page(decision), {"file": SimpleUploadedFile("a.pdf", b"x")}).status_code == 403


@pytest.mark.parametrize("damage", ["missing", "altered"])
def test_a_damaged_file_is_not_called_unchanged(visitor, decision, damage):
    path = kept(decision)
    content = path.read_bytes()
    path.unlink()
    if damage == "altered":
        path.write_bytes(content[:-1] + b"x")

    text = visitor.get(page(decision)).text

    assert GENUINE["en"] not in text
    assert "The kept file is damaged" in text
