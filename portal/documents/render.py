"""The one call of WeasyPrint: HTML in, PDF/A-3a that is also PDF/UA-1 out. What a letter says lives in templates."""

import atexit
import gc
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

# It tells of every page it lays out; its warnings are still heard.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)

UNDRAWN = ".notdef glyph"

STYLE_SHEET = "documents/letter.css"
# Inside a letter an address is either a drawing written into it (data:) or one of our own files, by this name.
ASSET = "asset:"
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

    A character that no font of this machine can draw is spelt by its number, such as [U+65E5]: an empty box would say
    nothing and break both profiles. Raises UnprintableLetter when the HTML refers to anything but a drawing written
    into it or one of our own files.
    """
    attached = list(attached)
    with _undrawn_characters() as undrawn, _without_collector():
        printed = _print_once(html, attached)
    if undrawn:
        printed = _print_once(html.translate({code: f"[U+{code:04X}]" for code in undrawn}), attached)
    return printed


def _print_once(html: str, attached: list[Attached]) -> tuple[bytes, int]:
    from weasyprint import HTML, Attachment  # slow: over a second, and only the worker needs it
    from weasyprint.urls import FatalURLFetchingError  # slow: part of the same

    fetcher = _new_fetcher()
    # "Uncompressed" is the shape of the file: a plain table of objects, so that the seal is appended in plain too.
    # `_finish` compresses the streams themselves.
    variant = {"pdf_variant": "pdf/a-3a", "uncompressed_pdf": True}
    try:
        shared = _shared()
        letter = HTML(string=html, base_url=ASSET, url_fetcher=fetcher)
        pages = letter.render(stylesheets=[shared.style_sheet], font_config=shared.fonts, **variant)
        inside = [_attachment(Attachment, each, fetcher) for each in attached]
        pdf: bytes = pages.write_pdf(finisher=_finish, attachments=inside, **variant)
    except FatalURLFetchingError as stopped:
        raise UnprintableLetter(str(stopped)) from stopped
    # Inside a drawing WeasyPrint goes on after a refusal, leaving the picture out.
    if fetcher.refused:
        raise UnprintableLetter(f"A letter may not refer to {fetcher.refused[0][:80]!r}.")
    return pdf, len(pages.pages)


@contextmanager
def _without_collector() -> Iterator[None]:
    """A letter is laid out as thousands of boxes that all live to its end: looking for rubbish meanwhile finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _undrawn_characters() -> Iterator[set[int]]:
    """The numbers of the characters that no font could draw meanwhile; WeasyPrint says so in its log alone."""
    found: set[int] = set()

    class Listener(logging.Handler):
        def emit(self, entry: logging.LogRecord) -> None:
            if UNDRAWN in entry.getMessage():
                found.update(int(code, 16) for code in re.findall(r"U\+([0-9A-F]+)", entry.getMessage()))

    log, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    log.addHandler(listener)
    try:
        yield found
    finally:
        log.removeHandler(listener)


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


def _finish(_document: Any, pdf: Any) -> None:
    """Compress the streams, and declare PDF/UA in the metadata, which stays readable to any tool."""
    import pydyf  # slow: comes with WeasyPrint

    class Written(pydyf.Object):
        """An object in its last bytes: pydyf makes them anew, compressed, for the file and again for its identifier."""

        data = b""

    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    [packet] = metadata.stream
    metadata.stream = [packet.replace(b"</rdf:RDF>", PDF_UA_DECLARATION + b"</rdf:RDF>")]
    for made in pdf.objects:
        if made.free == "n":
            written = pdf.objects[made.number] = Written()
            written.number, written.generation = made.number, made.generation
            is_compressed = isinstance(made, pydyf.Stream) and made is not metadata
            written.data = _compressed(made) if is_compressed else made.data


def _compressed(stream: Any) -> bytes:
    stream.compress = True
    data: bytes = stream.data
    if data.endswith(b"\r\nendstream"):
        # A reader takes the last byte for half of the line end, and finds the length wrong: one stream in 256.
        stream.compress = False
        data = stream.data
    return data


@dataclass(frozen=True)
class _Shared:
    """What every letter of a process shares: making it again costs time, and memory that is not given back."""

    fonts: Any
    style_sheet: Any


@lru_cache(maxsize=1)
def _shared() -> _Shared:
    from weasyprint import CSS  # slow: see print_pdf
    from weasyprint.text.fonts import FontConfiguration  # slow: see print_pdf

    atexit.register(put_fonts_away)
    fonts = FontConfiguration()
    text = style_sheet_path().read_text(encoding="utf-8")
    style_sheet = CSS(string=text, base_url=ASSET, url_fetcher=_new_fetcher(), font_config=fonts)
    return _Shared(fonts=fonts, style_sheet=style_sheet)


def put_fonts_away() -> None:
    """Nothing of the fonts is left in the temporary folder; called before the process ends, and harmless otherwise."""
    _shared.cache_clear()
    # The fonts and the style sheet hold each other: only the collector lets both go.
    gc.collect()


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
