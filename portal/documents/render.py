"""The one call of WeasyPrint: HTML in, PDF/A-3a that is also PDF/UA-1 out. What a letter says lives in templates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

STYLE_SHEET = "documents/letter.css"
# Inside a letter an address is either a drawing written into it (data:) or one of our own files, by this name.
ASSET = "letter-asset:"
FONTS = (
    "SourceSans3-Regular.ttf",
    "SourceSans3-SemiBold.ttf",
    "SourceSans3-Bold.ttf",
    "SourceSans3-Italic.ttf",
    "AlegreyaSans-ExtraBold.ttf",
    "IBMPlexMono-Regular.ttf",
)
LARGEST_DRAWING = 64 * 1024
DRAWING = "data:image/svg+xml"

# Says "this file is PDF/UA-1 too", and declares the name in which it says so, as PDF/A asks of names it does not know.
PDF_UA_DECLARATION = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF. `at` stands in for the file's date: the same letter must give the same bytes."""

    name: str
    text: str
    description: str
    at: datetime


class UnprintableLetter(Exception):
    """The letter asked for something outside itself, or needs a file that is not there; nothing was printed."""


def print_pdf(html: str, *, attached: Iterable[Attached] = ()) -> tuple[bytes, int]:
    """The PDF of one letter and its number of pages. The same HTML and attachments give the same bytes.

    Raises UnprintableLetter when the HTML refers to anything but a drawing written into it or one of our own files.
    """
    from weasyprint import HTML, Attachment  # slow: over a second, and only the worker needs it
    from weasyprint.urls import FatalURLFetchingError  # slow: part of the same

    shared, fetcher = _shared(), _new_fetcher()
    variant = {"pdf_variant": "pdf/a-3a"}
    try:
        letter = HTML(string=html, base_url=ASSET, url_fetcher=fetcher)
        pages = letter.render(stylesheets=[shared.style_sheet], font_config=shared.fonts, **variant)
        inside = [_attachment(Attachment, each, fetcher) for each in attached]
        pdf: bytes = pages.write_pdf(finisher=_declare_pdf_ua, attachments=inside, **variant)
    except FatalURLFetchingError as stopped:
        raise UnprintableLetter(str(stopped)) from stopped
    # Inside a drawing WeasyPrint goes on after a refusal, leaving the picture out.
    if fetcher.refused:
        raise UnprintableLetter(f"A letter may not refer to {fetcher.refused[0][:80]!r}.")
    return pdf, len(pages.pages)


def _attachment(make: Callable[..., Any], attached: Attached, fetcher: Any) -> Any:
    """The attachment, with a date of its own: WeasyPrint would write the present moment."""
    return make(
        string=attached.text,
        name=attached.name,
        description=attached.description,
        created=attached.at,
        modified=attached.at,
        relationship="Source",
        url_fetcher=fetcher,
    )


def _declare_pdf_ua(_document: Any, pdf: Any) -> None:
    """Add the PDF/UA declaration to the file's metadata, and leave the metadata readable to any tool."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    metadata.compress = False
    [packet] = metadata.stream
    metadata.stream = [packet.replace(b"</rdf:RDF>", PDF_UA_DECLARATION + b"</rdf:RDF>")]


@dataclass(frozen=True)
class _Shared:
    """What every letter of a process shares: making it again costs time, and memory that is not given back."""

    fonts: Any
    style_sheet: Any


@lru_cache(maxsize=1)
def _shared() -> _Shared:
    from weasyprint import CSS  # slow: see print_pdf
    from weasyprint.text.fonts import FontConfiguration  # slow: see print_pdf

    fonts = FontConfiguration()
    text = style_sheet_path().read_text(encoding="utf-8")
    style_sheet = CSS(string=text, base_url=ASSET, url_fetcher=_new_fetcher(), font_config=fonts)
    return _Shared(fonts=fonts, style_sheet=style_sheet)


def style_sheet_path() -> Path:
    """Where the style sheet of all letters stands."""
    found = finders.find(STYLE_SHEET)
    if not isinstance(found, str):
        raise UnprintableLetter(f"The style sheet {STYLE_SHEET} is missing.")
    return Path(found)


def _new_fetcher() -> Any:
    """Answers WeasyPrint's requests: our fonts and written-in drawings, and nothing else, whatever the HTML asks."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # slow: see print_pdf

    class LetterFetcher(URLFetcher):
        """The base class would read any file of this machine and any page of the network."""

        def __init__(self) -> None:
            super().__init__(fail_on_errors=True)
            self.refused: list[str] = []

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url.startswith(DRAWING) and len(url) <= LARGEST_DRAWING:
                return super().fetch(url, headers)
            name = url.removeprefix(ASSET)
            if name == url or name not in FONTS:
                self.refused.append(url)
                raise UnprintableLetter(f"A letter may not refer to {url[:80]!r}.")
            return URLFetcherResponse(url, body=(settings.PDF_FONTS_ROOT / name).read_bytes())

    return LetterFetcher()
