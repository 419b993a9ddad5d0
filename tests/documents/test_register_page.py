"""The register and the download: who sees which document, what the chain keeps of it, how the list behaves."""

import pytest

from portal.audit.models import Event
from portal.documents.models import Document
from portal.documents.services import render_document
from portal.files.storage import path_of
from tests import factories

REGISTER = "/en/documents/"


@pytest.fixture
def receipt(closed_call):
    """The receipt of Amina's application, in a call whose files are unsealed."""
    [application] = factories.unsealed(closed_call, "D-001")
    document = Document.objects.get(about=application.audit_name)
    render_document(document_id=document.pk)
    return Document.objects.get(pk=document.pk)


@pytest.fixture
def decision(closed_call):
    """A decision on Amina's application that is sealed and not notified."""
    factories.with_letters(closed_call, "D-001")
    return Document.objects.get(kind="reviews.award")


@pytest.fixture
def listed(closed_call, sealed):
    """A receipt about nobody's application, in a call whose files are unsealed."""
    factories.unsealed(closed_call)
    return sealed(call={"reference": closed_call.reference, "title": "x"}, number="CALL-1-D-001-R1")


def download(document):
    return f"/en/documents/{document.code}/download/"


def read(response):
    """The whole file; a response that is read to its end is closed."""
    return b"".join(response.streaming_content)


def verbs(document):
    return list(Event.objects.about(document.audit_name).order_by("seq").values_list("verb", "actor"))


@pytest.mark.parametrize("name", ["amina", "bruno", "olga", "helene", "axel"])
def test_who_may_see_a_receipt_gets_the_sealed_file(request, receipt, name):
    response = request.getfixturevalue(name).get(download(receipt))

    assert response.status_code == 200
    assert read(response) == path_of(receipt.file.sha256).read_bytes()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{receipt.number}.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["chloe", "rachid", "adam"])
def test_for_anyone_else_the_receipt_does_not_exist(request, receipt, name):
    response = request.getfixturevalue(name).get(download(receipt))

    assert response.status_code == 404
    assert receipt.number not in response.text
    assert len(verbs(receipt)) == 1


def test_a_visitor_is_asked_to_sign_in(visitor, receipt):
    assert visitor.get(download(receipt)).status_code == 302
    assert visitor.get(REGISTER).status_code == 302


def test_before_notification_the_decision_exists_for_staff_and_not_for_the_applicant(amina, helene, decision):
    assert amina.get(download(decision)).status_code == 404
    assert read(helene.get(download(decision))).startswith(b"%PDF")


def test_a_document_that_is_not_sealed_cannot_be_downloaded(olga, closed_call):
    [application] = factories.unsealed(closed_call, "D-001")
    assert olga.get(download(Document.objects.get(about=application.audit_name))).status_code == 404


def test_the_first_opening_by_the_applicant_is_noted_with_the_person(amina, receipt):
    for _time in range(2):
        read(amina.get(download(receipt)))

    assert Document.objects.get(pk=receipt.pk).first_opened_at is not None
    assert verbs(receipt) == [("document.sealed", "system"), ("document.opened", amina.user.actor)]


def test_each_download_by_an_auditor_is_noted(axel, receipt):
    for _time in range(2):
        read(axel.get(download(receipt)))

    assert verbs(receipt)[1:] == [("document.downloaded", axel.user.actor)] * 2
    assert Document.objects.get(pk=receipt.pk).first_opened_at is None


def test_a_file_that_the_disk_lost_is_a_page_that_says_so_and_no_reading(axel, receipt):
    path_of(receipt.file.sha256).unlink()

    assert axel.get(download(receipt)).status_code == 409
    assert len(verbs(receipt)) == 1


@pytest.mark.parametrize("name", ["olga", "helene", "axel"])
def test_staff_and_auditors_read_the_register(request, listed, name):
    text = request.getfixturevalue(name).get(REGISTER).text

    for said in (listed.number, listed.party, listed.file.sha256, download(listed)):
        assert said in text


@pytest.mark.parametrize("name", ["amina", "rachid", "adam"])
def test_nobody_else_reads_the_register(request, listed, name):
    assert request.getfixturevalue(name).get(REGISTER).status_code == 403


def test_the_register_has_the_newest_first_and_older_pages(axel, listed, sealed_copies):
    copies = sealed_copies(30)
    first = axel.get(REGISTER)
    numbers = [row.number for row in first.context["page"].rows]

    assert numbers == [copy.number for copy in reversed(copies)][:25]
    older = axel.get(REGISTER + first.context["page"].older_url)
    assert [row.number for row in older.context["page"].rows][-1] == listed.number


@pytest.fixture
def sealed_copies(listed):
    """Rows like the one listed, as many as a long list needs."""

    def make(how_many):
        rows = []
        for number in range(how_many):
            copy = Document.objects.get(pk=listed.pk)
            copy.pk, copy.number, copy.code = None, f"COPY-{number:03}", f"COPY-{number:04}-22"
            rows.append(copy)
        return Document.objects.bulk_create(rows)

    return make


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"number": "call-1-d-001"}, True),
        ({"number": "001"}, False),
        ({"party": "łódź"}, True),
        ({"party": "exemp ŞANL"}, True),
        ({"party": "IJsselstraat Exemple"}, True),
        ({"party": "odz"}, False),
        ({"party": "nobody"}, False),
        ({"party": "'--:*|!"}, False),
        ({"party": "Exemple & !vzw | (x' \\"}, False),
        ({"kind": "applications.receipt"}, True),
        ({"kind": "reviews.award"}, False),
        ({"call": "CALL-1"}, True),
        ({"call": "CALL"}, False),
        ({"year": "2027"}, True),
        ({"year": "2001"}, False),
    ],
)
def test_the_register_is_narrowed(axel, listed, query, found):
    response = axel.get(REGISTER, query)

    assert response.status_code == 200
    assert (listed.number in [row.number for row in response.context["page"].rows]) is found


@pytest.mark.parametrize("query", [{"number": "\x00"}, {"kind": "x"}, {"year": "x"}, {"year": "9" * 30}])
def test_a_senseless_filter_is_told_and_breaks_nothing(axel, listed, query):
    response = axel.get(REGISTER, query)
    assert response.status_code == 200
    assert "gp-errors" in response.text


def test_an_officer_asks_again_for_a_document_that_failed(olga, listed, failed):
    text = olga.get(REGISTER).text
    assert f"/en/documents/{failed.code}/retry/" in text

    response = olga.post(f"/en/documents/{failed.code}/retry/")

    assert response.status_code == 302
    assert render_document(document_id=failed.pk)


@pytest.mark.parametrize(("name", "status"), [("axel", 403), ("amina", 404), ("rachid", 404)])
def test_others_cannot_ask_again(request, failed, name, status):
    assert request.getfixturevalue(name).post(f"/en/documents/{failed.code}/retry/").status_code == status
    assert Document.objects.get(pk=failed.pk).is_failed


def test_asking_again_is_a_post(olga, failed):
    assert olga.get(f"/en/documents/{failed.code}/retry/").status_code == 405


@pytest.fixture
def failed(listed):
    """The receipt of another application, which could not be made."""
    copy = Document.objects.get(pk=listed.pk)
    copy.pk, copy.number, copy.code, copy.about = None, "CALL-1-D-009-R1", "FA22-FA22-FA", "application:none"
    copy.job_state, copy.last_error, copy.attempts = "failed", "RuntimeError", 3
    copy.file = copy.page_count = copy.ready_at = copy.released_at = None
    copy.unsealed_sha256 = copy.template_version = ""
    [made] = Document.objects.bulk_create([copy])
    return made
