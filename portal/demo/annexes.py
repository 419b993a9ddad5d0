"""The small PDF files that the demo attaches to its applications. They state what they are and prove nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any

import pikepdf

A4 = (595, 842)
LEFT, TOP, LEADING, CHARACTERS = 72, 770, 18, 78
BANK_CERTIFICATE = "A6"
WORDS = {
    "fr": {
        "banner": "DEMO – DÉMONSTRATION",
        "annex": "Annexe {code} – {title}",
        "paper": "Candidature reçue sur papier (scan)",
        "organisation": "Organisation : {name}",
        "application": "Candidature : {reference}",
        "file": "Fichier : {name}",
        "iban": "Compte (IBAN) : {iban}",
        "stamp": "Cachet de réception : jour de l’échéance, {time} (heure de Bruxelles)",
        "notice": "Document inventé pour la démonstration du portail. Il n’a aucune valeur.",
    },
    "nl": {
        "banner": "DEMO – DEMONSTRATIE",
        "annex": "Bijlage {code} – {title}",
        "paper": "Aanvraag ontvangen op papier (scan)",
        "organisation": "Organisatie: {name}",
        "application": "Aanvraag: {reference}",
        "file": "Bestand: {name}",
        "iban": "Rekening (IBAN): {iban}",
        "stamp": "Ontvangststempel: dag van de uiterste datum, {time} (Brusselse tijd)",
        "notice": "Document verzonnen voor de demonstratie van het portaal. Het heeft geen enkele waarde.",
    },
}


@dataclass(frozen=True)
class DemoFile:
    """A file of the demo: the annex that it answers (empty for a scan), its name and its bytes."""

    code: str
    name: str
    content: bytes


def annexes_of(
    application: Mapping[str, Any], *, call: Mapping[str, Any], organisation: Mapping[str, Any]
) -> Iterator[DemoFile]:
    """Every annex as it was attached at submission; a wrong bank certificate shows its wrong account."""
    wrong_iban = application.get("correction", {}).get("wrong_iban")
    for annex in application["annexes"]:
        iban = wrong_iban or organisation["iban"]
        yield _annex(annex["code"], annex["file_name"], application, call, organisation, iban)


def corrected_annexes_of(
    application: Mapping[str, Any], *, call: Mapping[str, Any], organisation: Mapping[str, Any]
) -> Iterator[DemoFile]:
    """The annexes that the applicant supplies after the correction request, with the right account."""
    correction = application.get("correction", {})
    for code in correction.get("annexes", []):
        yield _annex(code, correction["file_name"], application, call, organisation, organisation["iban"])


def paper_scan(application: Mapping[str, Any], *, organisation: Mapping[str, Any]) -> DemoFile:
    """The scan of an application that arrived on paper, with the moment on its stamp."""
    words, paper = WORDS[application["language"]], application["paper"]
    lines = [
        words["organisation"].format(name=organisation["name"]),
        words["application"].format(reference=application["ref"]),
        words["stamp"].format(time=paper["received_time"]),
        words["file"].format(name=paper["file_name"]),
    ]
    content = demo_pdf(title=words["paper"], lines=lines, language=application["language"])
    return DemoFile("", paper["file_name"], content)


def demo_pdf(*, title: str, lines: Sequence[str], language: str) -> bytes:
    """One A4 page with the title and the lines, marked DEMO. The same arguments give the same bytes."""
    words = WORDS[language]
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=A4)
    page = pdf.pages[0]
    page.obj.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=_font("/Helvetica"), F2=_font("/Helvetica-Bold")),
    )
    page.obj.Contents = pdf.make_stream(_drawn([words["banner"], title, "", *lines, "", words["notice"]]))
    pdf.Root.Lang = pikepdf.String("fr-BE" if language == "fr" else "nl-BE")
    pdf.docinfo["/Title"] = pikepdf.String(f"{title} (DEMO)")
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _annex(
    code: str,
    file_name: str,
    application: Mapping[str, Any],
    call: Mapping[str, Any],
    organisation: Mapping[str, Any],
    iban: str,
) -> DemoFile:
    language = application["language"]
    words = WORDS[language]
    title = next(annex["title"][language] for annex in call["annexes"] if annex["code"] == code)
    lines = [
        words["organisation"].format(name=organisation["name"]),
        words["application"].format(reference=f"{call['reference']} / {application['ref']}"),
        words["file"].format(name=file_name),
    ]
    if code == BANK_CERTIFICATE:
        lines.append(words["iban"].format(iban=iban))
    heading = words["annex"].format(code=code, title=title)
    return DemoFile(code, file_name, demo_pdf(title=heading, lines=lines, language=language))


def _font(name: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name(name),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def _drawn(paragraphs: Sequence[str]) -> bytes:
    """The page's drawing commands: one line of text under the other, the first two paragraphs in bold."""
    commands = [b"BT", f"{LEFT} {TOP} Td {LEADING} TL".encode()]
    for place, paragraph in enumerate(paragraphs):
        commands.append(b"/F2 14 Tf" if place < 2 else b"/F1 11 Tf")
        width = CHARACTERS * 3 // 4 if place < 2 else CHARACTERS
        for line in wrap(paragraph, width) or [""]:
            commands.append(b"(" + _escaped(line) + b") Tj T*")
    return b"\n".join([*commands, b"ET"])


def _escaped(text: str) -> bytes:
    """Text as a PDF string in the font's encoding, with its three special characters escaped."""
    encoded = text.encode("cp1252")
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
