"""Takes every document of a call from the auditor's register, as an auditor would, and checks each one."""

import hashlib
import json
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.utils.translation import gettext, override

from portal.demo.browser import Browser, Page
from portal.demo.walk import UnexpectedPage, expect
from portal.documents.choices import Kind

# What the public page says, word for word, in the language of the code.
GENUINE = "This document is genuine"
SAME_FILE = "This is the file that we sealed, byte for byte."
OTHER_FILE = "Your file is not the one that we sealed"
KINDS = {kind.value: kind.value.partition(".")[2] for kind in Kind}


def collect_documents(
    auditor: Browser, register: Callable[[str], Page], address: str, out: Path
) -> dict[str, list[dict[str, Any]]]:
    """Every sealed PDF is in `out` and was found authentic; application reference to the facts of its documents."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, short in KINDS.items():
        links = [link for link in register(kind).links if link.endswith("/download/")]
        for link in dict.fromkeys(links):
            facts = _collect(auditor, link, short, address, out)
            found.setdefault(facts.pop("application"), []).append(facts)
    return found


def _collect(auditor: Browser, link: str, kind: str, address: str, out: Path) -> dict[str, Any]:
    content = expect(auditor.open(link)).body
    code = link.rstrip("/").split("/")[-2]
    with pikepdf.open(BytesIO(content)) as pdf:
        language = str(pdf.Root.Lang)
        (attached,) = (pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments)
    data = json.loads(attached)
    data = data.get("data", data)
    path = out / f"{data['number']}.pdf"
    path.write_bytes(content)
    check(auditor, code, path.name, content)
    return {
        "application": data["application"]["reference"],
        "kind": kind,
        "number": data["number"],
        "language": language.split("-", maxsplit=1)[0],
        "path": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "verify_url": f"{address}/verify/{code}/",
        "outcome": data.get("outcome", ""),
        "amount": data.get("amount_granted", "0.00"),
        "points": data.get("total", ""),
    }


def check(auditor: Browser, code: str, name: str, content: bytes) -> None:
    """The public page names the file's fingerprint, knows the file again, and says of an altered one that it is not."""
    sha256 = hashlib.sha256(content).hexdigest()
    page = expect_verdict(expect(auditor.open(f"/verify/{code}/"), words=sha256), GENUINE)
    form = page.form(having="file")
    expect_verdict(auditor.send(page, form, files={"file": (name, content)}), GENUINE, SAME_FILE)
    altered = bytearray(content)
    altered[len(altered) // 2] ^= 1
    changed = hashlib.sha256(altered).hexdigest()
    page = expect(auditor.send(page, form, files={"file": (name, bytes(altered))}), words=changed)
    expect_verdict(page, OTHER_FILE, never=GENUINE)


def expect_verdict(page: Page, *sentences: str, never: str = "") -> Page:
    """The page, when it says these sentences in its own language, and not the one that it must never say."""
    language = re.search(r'<html lang="(\w+)"', expect(page).text)
    said = unescape(page.text)
    with override(language[1] if language else "fr"):
        missing = [sentence for sentence in map(gettext, sentences) if sentence not in said]
        if never and gettext(never) in said:
            missing.append(f"anything but {gettext(never)!r}")
    if missing:
        raise UnexpectedPage(f"{page.url} does not say: {missing}")
    return page
