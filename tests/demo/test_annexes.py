"""The annex files of the demo: valid, small, always the same, and marked DEMO."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from portal.demo import annexes as demo_annexes

TEXTS = Path(demo_annexes.__file__).parent / "texts"


def read(name: str) -> dict[str, Any]:
    text: dict[str, Any] = json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))
    return text


def drawn(content: bytes) -> str:
    """The text that the one page draws."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return pdf.pages[0].Contents.read_bytes().decode("cp1252")


CALL, APPLICATIONS = read("call"), read("applications")["applications"]
ORGANISATIONS = {row["code"]: row for row in read("organisations")["organisations"]}


@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda row: row["ref"])
def test_annex_files_are_small_valid_pdfs_that_say_demo(application: dict[str, Any]) -> None:
    organisation = ORGANISATIONS[application["organisation"]]
    files = list(demo_annexes.annexes_of(application, call=CALL, organisation=organisation))
    assert files == list(demo_annexes.annexes_of(application, call=CALL, organisation=organisation))
    assert [(file.code, file.name) for file in files] == [
        (row["code"], row["file_name"]) for row in application["annexes"]
    ]
    assert len({file.content for file in files}) == len(files)
    for file in files:
        text = drawn(file.content)
        assert file.content.startswith(b"%PDF-") and len(file.content) < 5000
        assert "DEMO" in text and organisation["name"] in text and file.name in text


def test_the_corrected_bank_certificate_shows_the_right_account() -> None:
    application = next(row for row in APPLICATIONS if row["ref"] == "D-007")
    organisation = ORGANISATIONS[application["organisation"]]
    attached = demo_annexes.annexes_of(application, call=CALL, organisation=organisation)
    wrong = drawn(next(file.content for file in attached if file.code == "A6"))
    (right,) = demo_annexes.corrected_annexes_of(application, call=CALL, organisation=organisation)
    assert application["correction"]["wrong_iban"] in wrong and organisation["iban"] not in wrong
    assert organisation["iban"] in drawn(right.content)


def test_the_paper_scan_shows_the_moment_of_receipt() -> None:
    application = next(row for row in APPLICATIONS if row["channel"] == "paper")
    scan = demo_annexes.paper_scan(application, organisation=ORGANISATIONS[application["organisation"]])
    assert "12:00:01" in drawn(scan.content)
