"""Every letter printed once in a process, as outside production: what is said of all letters is read from the same pages."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.test import override_settings
from PIL import Image

from portal.documents.letter import write_letter
from portal.documents.render import print_pdf
from tests.documents import letters

ADDRESS = "https://portal.example.org"
DOTS_PER_MM = 12
QR_SIDE = 18 * DOTS_PER_MM
# The margin in which the foot of a page stands, with nothing else in it.
FOOT = 32 * DOTS_PER_MM
DARK = 128


@dataclass(frozen=True)
class Printed:
    """One letter as it leaves the printer, and what each of its pages says."""

    pdf: bytes
    pages: list[str]


@cache
def printed(kind: str, language: str) -> Printed:
    """The letter of this kind and language, with the facts of letters.py."""
    with override_settings(BASE_URL=ADDRESS, SPECIMEN=True, DEMO=True), TemporaryDirectory() as folder:
        letter = write_letter(letters.document(kind, language))
        pdf, _pages = print_pdf(letter.html, attached=[letter.attached])
        return Printed(pdf, letters.pages_of(pdf, Path(folder)))


def every_letter(test: Callable[..., Any]) -> Any:
    """The test sees each kind in each language; one process prints them all."""
    seen = pytest.mark.parametrize(("kind", "language"), letters.EVERY_LETTER)(test)
    return pytest.mark.xdist_group("letters")(seen)


def squares_of_the_code(pdf: bytes, page: int, number: int) -> list[list[bool]]:
    """The QR code at the foot of a page as a camera sees it: `number` by `number` squares, dark or not."""
    command = ["pdftoppm", "-gray", "-r", str(DOTS_PER_MM * 25.4), "-f", str(page), "-l", str(page), "-"]
    picture = Image.open(BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout))
    width, height = picture.size
    foot = picture.crop((0, height - FOOT, width, height)).point(lambda shade: 255 if shade < DARK else 0)
    left, *_edges = foot.getbbox() or (0, 0, 0, 0)
    _left, top, _right, bottom = foot.crop((left, 0, left + QR_SIDE, FOOT)).getbbox() or (0, 0, 0, 0)
    side = (bottom - top) / number
    middles = [(place + 0.5) * side for place in range(number)]
    return [[foot.getpixel((round(left + x), round(top + y))) == 255 for x in middles] for y in middles]
