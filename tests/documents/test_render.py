"""Every letter passes both profiles, before and after the seal, prints right letters, and fetches nothing."""

import page
import pytest

from portal.documents.letter import write_letter
from portal.documents.render import UnprintableLetter, print_pdf, put_fonts_away
from portal.documents.seal import seal_pdf
from tests.documents import letters, printed
from tests.documents.printed import every_letter

PROFILES = ("3a", "ua1")
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' width='9' height='9'>{}</svg>"
NOTHING_OUTSIDE = [
    '<img alt="x" src="file:///etc/hostname">',
    '<img alt="x" src="picture.png">',
    '<img alt="x" src="//127.0.0.1/picture.png">',
    '<img alt="x" src="http://127.0.0.1/picture.png">',
    '<img alt="x" src="data:image/png;base64,AAAA">',
    '<img alt="x" src="letter-asset:../../settings.py">',
    '<link rel="attachment" href="file:///etc/hostname">',
    '<a rel="attachment" href="/etc/hostname">x</a>',
    '<link rel="stylesheet" href="http://127.0.0.1/style.css">',
    '<style>@import "http://127.0.0.1/style.css";</style>',
    '<style>@font-face { font-family: x; src: url("file:///etc/hostname") }</style>',
    '<p style="background: url(http://127.0.0.1/)">x</p>',
    '<base href="file:///etc/"><img alt="x" src="hostname">',
    '<object data="file:///etc/hostname"></object>',
    f'<img alt="x" src="data:image/svg+xml,{"x" * 70_000}">',
    SVG.format("<image href='file:///etc/hostname' width='5' height='5'/>"),
    '<img alt="x" src="data:image/svg+xml,'
    + SVG.format("<image href='http://127.0.0.1/' width='5' height='5'/>").replace("<", "%3C").replace(">", "%3E")
    + '">',
]


def letter(kind: str, language: str, **changes: object) -> tuple[bytes, int]:
    written = write_letter(letters.document(kind, language, **changes))
    return print_pdf(written.html, attached=[written.attached])


def failures(pdf: bytes) -> list[str]:
    return [
        f"{profile}: {failure.rule_id} {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


def small(body: str) -> str:
    return f'<html lang="nl"><head><title>x</title></head><body><h1>x</h1>{body}</body></html>'


@every_letter
def test_every_letter_passes_the_archive_and_the_accessibility_profile_before_and_after_the_seal(kind, language):
    pdf = printed.printed(kind, language).pdf

    assert failures(pdf) == []
    assert failures(seal_pdf(pdf, reason="test", field_label="test")) == []


def test_a_letter_with_long_reasons_passes_them_too():
    long = [{**score, "reasons": ["Reden. " * 200] * 2} for score in letters.decision("nl", "rejected")["scores"]]
    pdf, pages = letter("reviews.rejection", "nl", scores=long)

    assert pages > 3
    assert failures(pdf) == []


def test_the_same_letter_gives_the_same_bytes():
    assert letter("reviews.award", "fr") == letter("reviews.award", "fr")


def test_another_fact_gives_other_bytes():
    assert letter("reviews.award", "fr")[0] != letter("reviews.award", "fr", location="Gand")[0]


def test_the_facts_stand_in_the_file_as_they_were_noted(tmp_path):
    import pikepdf

    document = letters.document("reviews.award", "nl")
    written = write_letter(document)
    (tmp_path / "a.pdf").write_bytes(print_pdf(written.html, attached=[written.attached])[0])

    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        attached = pdf.attachments[f"{document.number}.json"]
        assert attached.get_file().read_bytes().decode() == document.content
        assert pdf.Root.AF[0].AFRelationship == "/Source"
        assert str(pdf.Root.Lang) == "nl"


@pytest.mark.parametrize("tag", NOTHING_OUTSIDE, ids=range(len(NOTHING_OUTSIDE)))
def test_a_letter_that_refers_to_anything_outside_itself_is_not_printed(tag):
    with pytest.raises(UnprintableLetter):
        print_pdf(small(tag))


def test_a_letter_is_printed_after_one_that_was_refused():
    with pytest.raises(UnprintableLetter):
        print_pdf(small(NOTHING_OUTSIDE[0]))

    assert print_pdf(small("<p>x</p>"))[1] == 1


def test_a_character_that_no_font_draws_is_spelt_by_its_number(tmp_path):
    private = chr(0xF1234)
    pdf, _pages = print_pdf(small(f"<p>Łódź {private}</p>"))

    assert "Łódź [U+F1234]" in letters.flowing(letters.pages_of(pdf, tmp_path))
    assert failures(pdf) == []


def test_what_a_person_typed_is_text_and_never_markup(tmp_path):
    pdf, _pages = letter("applications.receipt", "fr")

    assert "Recyclage <b>&</b> marché" in letters.flowing(letters.pages_of(pdf, tmp_path))


def test_the_fonts_leave_no_folder_behind(settings, monkeypatch, tmp_path):
    put_fonts_away()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    print_pdf(small("<p>x</p>"))
    assert list(tmp_path.glob("weasyprint-*"))

    put_fonts_away()

    assert not list(tmp_path.glob("weasyprint-*"))
