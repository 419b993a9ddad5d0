"""A file leaves the portal harmless: named for any reader, typed by its content, without any power in a browser."""

import pytest

from portal.files.responses import file_response
from portal.files.services import store_bytes


@pytest.fixture
def stored(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return store_bytes(b"%PDF-1.7", "application/pdf")


@pytest.fixture
def send(stored):
    """Answers with the stored file, and closes it as a server would."""
    sent = []

    def answer(name, **how):
        sent.append(file_response(stored, name, **how))
        return sent[-1]

    yield answer
    for response in sent:
        response.close()


def test_a_file_is_saved_and_not_opened_and_its_type_is_not_guessed(send):
    response = send("budget.pdf")

    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == "8"
    assert response["Content-Disposition"] == 'attachment; filename="budget.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store"


def test_a_file_can_be_shown_in_the_page_when_that_is_asked(send):
    assert send("a.pdf", as_attachment=False)["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("résumé 1.pdf", "attachment; filename*=utf-8''r%C3%A9sum%C3%A9%201.pdf"),
        ('quo"te.pdf', 'attachment; filename="quo\\"te.pdf"'),
        ("back\\slash.pdf", 'attachment; filename="back\\\\slash.pdf"'),
        ("a;b=c.pdf", 'attachment; filename="a;b=c.pdf"'),
        ("<b>.pdf", 'attachment; filename="<b>.pdf"'),
    ],
)
def test_any_name_fits_into_the_header(send, name, header):
    assert send(name)["Content-Disposition"] == header


def test_a_name_with_line_breaks_injects_no_header(send):
    response = send("a\r\nSet-Cookie: evil=1.pdf")

    assert "\n" not in response["Content-Disposition"]
    assert "Set-Cookie" not in response
