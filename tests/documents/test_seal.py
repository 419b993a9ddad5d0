"""A sealed letter is valid to any reader of signatures, and one flipped byte is found."""

import subprocess

import pytest

from portal.documents.render import print_pdf
from portal.documents.seal import SealNotUsable, seal_pdf

HTML = '<html lang="fr"><head><title>x</title></head><body><h1>Łódź</h1></body></html>'


@pytest.fixture(scope="module")
def printed() -> bytes:
    return print_pdf(HTML)[0]


@pytest.fixture
def sealed(printed) -> bytes:
    return seal_pdf(printed, reason="Décision d’octroi", field_label="Cachet")


def verdict(pdf: bytes, folder) -> str:
    file = folder / "sealed.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfsig", str(file)], capture_output=True, check=False, text=True).stdout


def test_the_seal_covers_the_whole_file_and_is_valid(sealed, tmp_path):
    said = verdict(sealed, tmp_path)

    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_what_was_printed_stands_unchanged_before_the_seal(printed, sealed):
    assert sealed.startswith(printed)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.8, 0.99])
def test_one_flipped_byte_is_found(printed, sealed, tmp_path, share):
    changed = bytearray(sealed)
    changed[int(len(printed) * share)] ^= 1

    assert "Signature is Valid" not in verdict(bytes(changed), tmp_path)


def test_a_key_that_cannot_be_read_seals_nothing(printed, settings, tmp_path):
    settings.SEAL_KEY_FILE = tmp_path / "nowhere.key"

    with pytest.raises(SealNotUsable):
        seal_pdf(printed, reason="x", field_label="x")
