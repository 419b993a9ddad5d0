"""A sealed letter is valid to any reader of signatures, and one flipped byte is found."""

import subprocess
from io import BytesIO

import pytest

from portal.documents.seal import SealNotUsable, seal_pdf
from tests.documents.printed import printed as letter

pytestmark = pytest.mark.xdist_group("letters")


@pytest.fixture(scope="module")
def printed() -> bytes:
    """A real letter, with its facts attached."""
    return letter("reviews.award", "fr").pdf


@pytest.fixture(scope="module")
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


def test_the_facts_stand_under_the_seal(sealed):
    import pikepdf

    with pikepdf.open(BytesIO(sealed)) as pdf:
        (name,) = pdf.attachments
        assert b'"amount_granted":"40000.00"' in pdf.attachments[name].get_file().read_bytes()


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.8, 0.99])
def test_one_flipped_byte_is_found(printed, sealed, tmp_path, share):
    changed = bytearray(sealed)
    changed[int(len(printed) * share)] ^= 1

    assert "Signature is Valid" not in verdict(bytes(changed), tmp_path)


def test_a_key_that_cannot_be_read_seals_nothing(printed, settings, tmp_path):
    settings.SEAL_KEY_FILE = tmp_path / "nowhere.key"

    with pytest.raises(SealNotUsable):
        seal_pdf(printed, reason="x", field_label="x")
