"""Makes the web and the print fonts from the font packages; no font file stands in the repository.

Web: one variable file (weights 200 to 900) per subset of Source Sans 3, because it weighs as much as one static weight
and the pages use three. Print: one static file per weight with every Latin letter, because several subset files under
one family name make the PDF engine print wrong letters.
"""

import importlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from portal.places import var_folder
from portal.setup.stamps import fingerprint, is_done, mark_done

# The same ranges stand in the @font-face rules of the style sheet: the browser fetches a file when a range is met.
LATIN = (
    "0020-00FF,0131,0152-0153,02BB-02BC,02C6,02DA,02DC,0304,0308,0329,2000-206F,20AC,2122,2191,2193,2212,2215,FEFF,FFFD"
)
LATIN_EXT = (
    "0100-02BA,02BD-02C5,02C7-02CC,02CE-02D7,02DD-02FF,0304,0308,0329,1D00-1DBF,1E00-1E9F,1EF2-1EFF,2020,20A0-20AB,"
    "20AD-20C0,2113"
)
VIETNAMESE = (
    "0102-0103,0110-0111,0128-0129,0168-0169,01A0-01A1,01AF-01B0,0300-0301,0303-0304,0308-0309,0323,0329,1EA0-1EF9,20AB"
)
PRINTED = f"{LATIN},{LATIN_EXT},{VIETNAMESE},0300-036F,2070-209F,2190-2199,25A0-25FF,FB00-FB04"
# Beyond what every shaper needs: figures of one width, lining figures, and punctuation beside capitals.
FEATURES = ["tnum", "lnum", "case"]

TEXT = ("fontpkg_source_sans_3", "SourceSans3[wght].ttf")
TEXT_ITALIC = ("fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf")
HEADINGS = ("fontpkg_alegreya_sans", "AlegreyaSans-ExtraBold.ttf")
CODE = ("fontpkg_ibm_plex_mono", "IBMPlexMono-Regular.ttf")


@dataclass(frozen=True)
class Face:
    """One file to make: where its outlines come from, which letters it keeps, and the one weight it is fixed to."""

    made: str
    source: tuple[str, str]
    letters: str
    weight: int | None = None


FACES = [
    Face("web/source-sans-3-latin.woff2", TEXT, LATIN),
    Face("web/source-sans-3-latin-ext.woff2", TEXT, LATIN_EXT),
    Face("web/source-sans-3-vietnamese.woff2", TEXT, VIETNAMESE),
    Face("web/source-sans-3-latin-italic.woff2", TEXT_ITALIC, LATIN),
    Face("web/alegreya-sans-latin.woff2", HEADINGS, LATIN),
    Face("web/alegreya-sans-latin-ext.woff2", HEADINGS, LATIN_EXT),
    Face("web/alegreya-sans-vietnamese.woff2", HEADINGS, VIETNAMESE),
    Face("web/ibm-plex-mono-latin.woff2", CODE, LATIN),
    Face("pdf/SourceSans3-Regular.ttf", TEXT, PRINTED, 400),
    Face("pdf/SourceSans3-SemiBold.ttf", TEXT, PRINTED, 600),
    Face("pdf/SourceSans3-Bold.ttf", TEXT, PRINTED, 700),
    Face("pdf/SourceSans3-Italic.ttf", TEXT_ITALIC, PRINTED, 400),
    Face("pdf/AlegreyaSans-ExtraBold.ttf", HEADINGS, PRINTED),
    Face("pdf/IBMPlexMono-Regular.ttf", CODE, PRINTED),
]


def make_fonts() -> bool:
    """Every face stands under var/fonts/; True when it had to be made, False when it was there and fresh."""
    folder = var_folder() / "fonts"
    sources = [_source(face) for face in FACES]
    mark = fingerprint([Path(__file__), *dict.fromkeys(sources)])
    if is_done("fonts", mark, [folder / face.made for face in FACES]):
        return False
    for face, source in zip(FACES, sources, strict=True):
        _save(_cut(source, face), folder / face.made)
    mark_done("fonts", mark)
    return True


def _source(face: Face) -> Path:
    package, file_name = face.source
    return Path(importlib.import_module(package).ROOT) / "files" / file_name


def _cut(source: Path, face: Face) -> TTFont:
    """The letters first, the weight after: fixing the weight of the whole variable file takes eight seconds."""
    options = subset.Options(hinting=False, name_IDs=["*"], notdef_outline=True)
    options.drop_tables = [*options.drop_tables, "meta"]
    options.layout_features = [*options.layout_features, *FEATURES]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_characters(face.letters))
    subsetter.subset(font)
    if face.weight is not None:
        font = instancer.instantiateVariableFont(font, {"wght": face.weight}, updateFontNames=True)
    return font


def _characters(ranges: str) -> Iterable[int]:
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _save(font: TTFont, made: Path) -> None:
    """Whole or not at all: another process may be serving the file that is replaced."""
    made.parent.mkdir(parents=True, exist_ok=True)
    fresh = made.with_name(f".{os.getpid()}-{made.name}")
    font.flavor = "woff2" if made.suffix == ".woff2" else None
    font.save(fresh)
    fresh.replace(made)
