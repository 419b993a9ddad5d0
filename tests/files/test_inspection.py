"""What a file is, is said by its content; a file that is not what it says is refused with a sentence."""

import io

import pytest
from django.utils.translation import override

from portal.files.inspection import inspect
from portal.files.kinds import KINDS, USUAL
from portal.files.refusals import UnacceptableFile
from tests.files import samples


def look(content: bytes, name: str, *, allowed=USUAL, max_bytes=1_000_000):
    with override("en"):
        return inspect(io.BytesIO(content), name=name, size=len(content), allowed=allowed, max_bytes=max_bytes)


def refusal(content: bytes, name: str, **limits) -> str:
    with pytest.raises(UnacceptableFile) as refused:
        look(content, name, **limits)
    return str(refused.value)


GOOD = [
    (samples.pdf(), "a.pdf", "application/pdf"),
    (samples.PNG, "a.png", "image/png"),
    (samples.JPG, "a.jpg", "image/jpeg"),
    (samples.JPG, "a.JPEG", "image/jpeg"),
    (samples.docx(), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (samples.xlsx(), "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (samples.odf("text"), "a.odt", "application/vnd.oasis.opendocument.text"),
    (samples.odf("spreadsheet"), "a.ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("é;1,5\r\n".encode(), "a.csv", "text/csv"),
    ("élan".encode("cp1252"), "a.txt", "text/plain"),
]


@pytest.mark.parametrize(("content", "name", "media_type"), GOOD)
def test_the_type_comes_from_the_content(content, name, media_type):
    assert look(content, name) == media_type


def test_every_accepted_kind_is_tried_here():
    assert {media_type for _content, _name, media_type in GOOD} == {kind.media_type for kind in KINDS}


def test_an_empty_file_is_refused():
    assert "empty" in refusal(b"", "a.pdf")


def test_one_byte_too_many_is_refused_with_the_limit():
    content = b"a" * 1_048_577

    assert look(content[:-1], "a.txt", max_bytes=1_048_576) == "text/plain"
    assert "1\xa0MB" in refusal(content, "a.txt", max_bytes=1_048_576)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.EXE, "a.pdf"),
        (samples.EXE, "a.txt"),
        (samples.HTML, "a.pdf"),
        (b"x" * 500 + samples.pdf(), "a.pdf"),
        (samples.HTML + samples.pdf(), "a.pdf"),
        (samples.pdf(), "a.png"),
        (samples.PNG, "a.jpg"),
        (samples.docx(), "a.xlsx"),
        (samples.xlsx(), "a.docx"),
        (samples.zipped({"x": b"y"}), "a.docx"),
        (samples.odf("text"), "a.ods"),
        (b"prefix" + samples.docx(), "a.docx"),
        (b"PK\x03\x04 and nothing more", "a.odt"),
        ("wide".encode("utf-16"), "a.csv"),
        (b"a\x00b", "a.txt"),
    ],
)
def test_a_content_that_is_not_what_the_extension_says_is_refused(content, name):
    assert "not what its extension" in refusal(content, name)


@pytest.mark.parametrize(
    "name", ["a.exe", "a.svg", "a.html", "a.docm", "a.zip", "invoice.pdf.exe", "no-extension", ".htaccess"]
)
def test_a_kind_that_is_not_on_the_list_is_refused_with_the_list(name):
    assert ".pdf" in refusal(samples.pdf(), name)


def test_a_caller_can_accept_fewer_kinds():
    assert refusal(samples.PNG, "a.png", allowed=["pdf"]).endswith(".pdf.")


def test_a_pdf_named_twice_is_accepted_because_it_is_one():
    assert look(samples.pdf(), "x.php.pdf") == "application/pdf"


@pytest.mark.parametrize("locks", [{"password": "secret"}, {"owner": "secret"}])
def test_a_pdf_with_a_password_is_refused_with_what_to_do(locks):
    assert "Remove the password" in refusal(samples.pdf(**locks), "a.pdf")


def test_a_cut_pdf_is_refused():
    assert "not complete" in refusal(samples.pdf(pages=30)[:-400], "a.pdf")


def test_a_pdf_that_does_not_open_is_refused():
    assert "cannot be opened" in refusal(b"%PDF-1.7\nnothing inside\n%%EOF", "a.pdf")


def test_a_pdf_without_pages_is_refused():
    assert "no pages" in refusal(samples.pdf(pages=0), "a.pdf")


def test_a_document_with_macros_is_refused():
    assert "macros" in refusal(samples.docx(**{"word/vbaProject.bin": b"x"}), "a.docx")


def test_a_bomb_is_refused_from_its_directory_alone():
    assert "unpacks" in refusal(samples.docx(**{"word/media/bomb": b"\x00" * 3_000_000}), "a.docx")


def test_an_archive_with_thousands_of_entries_is_refused():
    assert "unpacks" in refusal(samples.docx(**{f"word/{n}": b"x" for n in range(2001)}), "a.docx")


@pytest.mark.parametrize(("content", "name", "media_type"), GOOD)
def test_a_looked_at_file_is_read_from_its_start_afterwards(content, name, media_type):
    file = io.BytesIO(content)

    inspect(file, name=name, size=len(content), allowed=USUAL, max_bytes=1_000_000)

    assert file.read() == content
