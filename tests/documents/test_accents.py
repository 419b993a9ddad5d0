"""Printed names have their own letters: the drawing is compared, because the text behind wrong letters reads right."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from portal.documents.render import print_pdf

FACES = {
    "SourceSans3-Regular.ttf": "font-weight: 400",
    "SourceSans3-SemiBold.ttf": "font-weight: 600",
    "SourceSans3-Bold.ttf": "font-weight: 700",
    "SourceSans3-Italic.ttf": "font-style: italic",
    "AlegreyaSans-ExtraBold.ttf": "font-family: Alegreya Sans; font-weight: 800",
}
# The name, and how it looked or would look with letters of another file, or without its accents.
NAMES = [
    ("Łódź", "ffódź"),
    ("Şanlıurfa", "Sanliurfa"),
    ("Ḥaḍra", "Hadra"),
    ("ij IJ", "y Y"),
]
SIZE = (600, 120)


def drawn(text: str, font: Path) -> Image.Image:
    """The text as the font file itself draws it."""
    sheet = Image.new("L", (2400, 600), 255)
    ImageDraw.Draw(sheet).text((100, 100), text, font=ImageFont.truetype(str(font), 240), fill=0)
    return _ink(sheet)


def printed(text: str, style: str, folder: Path) -> Image.Image:
    """The text as it stands in a letter, photographed."""
    letter = (
        '<html lang="fr"><head><title>x</title></head>'
        f'<body><p style="font-size: 60pt; white-space: nowrap; {style}">{text}</p></body></html>'
    )
    (folder / "name.pdf").write_bytes(print_pdf(letter)[0])
    command = ["pdftoppm", "-r", "200", "-gray", "-singlefile", "-x", "0", "-y", "100", "-W", "1650", "-H", "600"]
    subprocess.run([*command, str(folder / "name.pdf"), str(folder / "name")], check=True)
    with Image.open(folder / "name.pgm") as sheet:
        return _ink(sheet.convert("L"))


def _ink(sheet: Image.Image) -> Image.Image:
    """What is drawn, cut out and brought to one size."""
    box = sheet.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert box is not None
    return sheet.crop(box).resize(SIZE)


def distance(one: Image.Image, other: Image.Image) -> float:
    """How far two drawings are apart: 0 is the same, 255 is black for white."""
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


@pytest.mark.parametrize(("name", "wrong"), NAMES)
@pytest.mark.parametrize("face", FACES)
def test_a_name_is_printed_with_its_own_letters(settings, tmp_path, face, name, wrong):
    font = settings.PDF_FONTS_ROOT / face
    on_paper = printed(name, FACES[face], tmp_path)

    right, false = distance(on_paper, drawn(name, font)), distance(on_paper, drawn(wrong, font))

    assert right < false / 3
