"""Letters a second on one core: ours, printed, sealed and stored, beside a bare loop of WeasyPrint over the same HTML."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks.copying import copy_row
from portal.documents.letter import write_letter
from portal.documents.models import Document
from portal.documents.render import ASSET, _new_fetcher, _shared
from portal.documents.services import render_document

LETTERS = 30


@dataclass(frozen=True)
class Speed:
    """Seconds for one letter, ours and bare, and how many of ours are made while one bare one is."""

    ours: float
    bare: float
    ratio: float


def tell() -> None:
    """A line for each kind of letter."""
    print("\nLetters a second on one core: ours (written, printed, sealed, stored), bare WeasyPrint, ratio")
    for kind in ("applications.receipt", "reviews.award", "reviews.rejection"):
        speed = _speed(Document.objects.filter(kind=kind, call_reference__in=["TOLD", "LETTERS"]).order_by("-pk")[0])
        print(f"  {kind:<34}{1 / speed.ours:6.2f}{1 / speed.bare:8.2f}{speed.ratio:8.2f}", flush=True)


def _speed(document: Document) -> Speed:
    """One of ours, one bare, and so on, since the speed of a machine changes within seconds; the median counts."""
    html = write_letter(document).html
    _bare(html)
    pairs = [
        (_seconds(partial(render_document, document_id=pk)), _seconds(partial(_bare, html)))
        for pk in _requested(document)
    ]
    ours, bare = zip(*pairs, strict=True)
    ratio = statistics.median(one_bare / one_of_ours for one_of_ours, one_bare in pairs)
    return Speed(statistics.median(ours), statistics.median(bare), ratio)


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _bare(html: str) -> bytes:
    """What a loop of ten lines would do: the same sheet and fonts, read once, the same kind of PDF, nothing else."""
    from weasyprint import HTML  # slow: over a second

    shared, fetcher = _shared(), _new_fetcher()
    letter = HTML(string=html, base_url=ASSET, url_fetcher=fetcher)
    made: bytes = letter.write_pdf(
        stylesheets=[shared.style_sheet], font_config=shared.fonts, pdf_variant="pdf/a-3a", uncompressed_pdf=False
    )
    return made


def _requested(document: Document) -> list[int]:
    """The same letter, asked for again under other numbers."""
    prefix = f"BENCH-{document.pk}-"
    copy_row(
        document,
        over=f"generate_series(1, {LETTERS}) g",
        changed={
            "number": f"'{prefix}' || g",
            "code": f"'{document.pk % 1000:03}' || lpad(g::text, 9, '0')",
            "job_state": "'requested'",
            "attempts": "0",
            "claimed_until": "null",
            "ready_at": "null",
            "released_at": "null",
            "first_opened_at": "null",
            "file_id": "null",
            "page_count": "null",
            "unsealed_sha256": "''",
            "template_version": "''",
            "due_at": "now() - interval '1 minute'",
        },
    )
    return list(Document.objects.filter(number__startswith=prefix).values_list("pk", flat=True))
