"""The steps of set-up: done when needed, not done twice, and clear about what they cannot do."""

import gettext
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from portal.places import ROOT
from portal.setup.catalogues import compile_catalogues
from portal.setup.seal_key import seal_environment
from portal.setup.stamps import fingerprint, is_done, mark_done

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Call for projects"
msgstr "Appel à projets"

#, fuzzy
msgid "Award"
msgstr "Rapport"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A French catalogue in a working copy of its own."""
    file = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO)
    return file


def _compiled(source: Path) -> gettext.GNUTranslations:
    with source.with_suffix(".mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_a_catalogue_is_compiled_and_doubtful_lines_stay_out(source: Path, tmp_path: Path) -> None:
    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert _compiled(source).gettext("Call for projects") == "Appel à projets"
    assert _compiled(source).gettext("Award") == "Award"


def test_a_fresh_catalogue_is_not_compiled_again_and_an_edited_one_is(source: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []
    source.write_text(PO.replace("Appel à", "Appels à"))
    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert _compiled(source).gettext("Call for projects") == "Appels à projets"


def test_the_development_seal_is_a_private_key_with_its_own_certificate(tmp_path: Path) -> None:
    named = seal_environment(tmp_path / "seal")
    key_file, certificate_file = Path(named["SEAL_KEY_FILE"]), Path(named["SEAL_CERTIFICATE_FILE"])
    certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
    assert load_pem_private_key(key_file.read_bytes(), None).public_key() == certificate.public_key()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert "no legal value" in certificate.subject.rfc4514_string()


def test_the_development_seal_stays_the_same(tmp_path: Path) -> None:
    first = Path(seal_environment(tmp_path)["SEAL_KEY_FILE"]).read_bytes()
    assert Path(seal_environment(tmp_path)["SEAL_KEY_FILE"]).read_bytes() == first


def test_a_step_is_done_for_its_inputs_and_while_its_outputs_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAR_ROOT", str(tmp_path))
    output = tmp_path / "made"
    mark = fingerprint(["one"])
    assert not is_done("step", mark, [output])
    output.touch()
    mark_done("step", mark)
    assert is_done("step", mark, [output])
    assert not is_done("step", fingerprint(["another"]), [output])
    output.unlink()
    assert not is_done("step", mark, [output])


def test_where_nothing_may_be_installed_the_exact_command_is_printed(tmp_path: Path) -> None:
    """The search path is empty, so that neither apt nor the programs are found."""
    script = ROOT / "portal" / "setup" / "system_packages.py"
    environment = {"PATH": str(tmp_path), "BROWSER_BIN": sys.executable}
    said = subprocess.run([sys.executable, script, "tests"], env=environment, capture_output=True, text=True)
    assert said.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y fontconfig poppler-utils gettext\n" in said.stderr
    assert "redis-server" not in said.stderr, "a Python package stands in for it"


def test_where_everything_is_there_nothing_is_said() -> None:
    script = ROOT / "portal" / "setup" / "system_packages.py"
    said = subprocess.run([sys.executable, script, "tests"], capture_output=True, text=True)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


@pytest.mark.parametrize("script", ["system_packages", "environment"])
def test_what_runs_before_the_environment_is_made_needs_nothing_but_python(script: str) -> None:
    asking = f"import runpy; runpy.run_path('portal/setup/{script}.py')"
    subprocess.run([sys.executable, "-I", "-S", "-c", asking], cwd=ROOT, check=True, env={"PATH": os.defpath})
