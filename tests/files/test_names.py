"""The name of a file is cleaned for showing, and never leads anywhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.names import LONGEST, clean_name, extension_of
from portal.files.refusals import UnacceptableFile


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("budget.pdf", "budget.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\Users\\Amina\\budget.pdf", "budget.pdf"),
        ("invoice_\u202efdp.exe", "invoice_fdp.exe"),
        ("a\u2066b\u2069c\u200f.pdf", "abc.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ('quo"te.pdf', 'quo"te.pdf'),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
        (".htaccess", ".htaccess"),
        ("con.pdf", "con.pdf"),
        ("x.php.pdf", "x.php.pdf"),
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),
        ("👩\u200d🌾 récolte.pdf", "👩\u200d🌾 récolte.pdf"),
        ("  spaced.pdf  ", "spaced.pdf"),
        ("lone\ud800surrogate.pdf", "lonesurrogate.pdf"),
    ],
)
def test_a_name_is_cleaned_for_showing(sent, shown):
    assert clean_name(sent) == shown


def test_a_name_with_a_nul_is_refused():
    with pytest.raises(UnacceptableFile):
        clean_name("a\x00.pdf")


@pytest.mark.parametrize("nothing", ["", "   ", "../", "..", ".", "\u202e", "dir/"])
def test_a_name_of_nothing_is_refused(nothing):
    with pytest.raises(UnacceptableFile):
        clean_name(nothing)


@pytest.mark.parametrize("length", [255, 256, 5000])
def test_a_long_name_is_cut_and_keeps_its_extension(length):
    cut = clean_name("é" * length + ".pdf")

    assert len(cut) == LONGEST
    assert cut.endswith("é.pdf")


def test_a_name_that_is_one_long_extension_is_cut_too():
    assert len(clean_name("a." + "b" * 5000)) == LONGEST


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", "pdf"), ("x.php.pdf", "pdf"), ("no-extension", ""), (".htaccess", "htaccess"), ("a.", "")],
)
def test_the_last_extension_counts(name, extension):
    assert extension_of(name) == extension


@given(st.text(max_size=400))
def test_any_name_comes_out_harmless(name):
    try:
        shown = clean_name(name)
    except UnacceptableFile:
        return
    assert 0 < len(shown) <= LONGEST
    assert shown == unicodedata.normalize("NFC", shown)
    assert not {"/", "\\", "\x00", "\r", "\n", "\u202e"} & set(shown)
    shown.encode()
