"""The made fonts: every letter the portal may meet, one family name, no letter twice on the web."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from portal.places import ROOT, var_folder
from portal.setup.fonts import FACES, LATIN, LATIN_EXT, VIETNAMESE, make_fonts

NAMES = "Łódź Şanlıurfa Ḥoms Ḍāwūd Ṣūr ĳsberg Nguyễn Đặng œuvre ʿAlī € – « » 1 234,56"
PRINTED = {
    "SourceSans3-Regular.ttf": ("Source Sans 3", "Regular", 400),
    "SourceSans3-SemiBold.ttf": ("Source Sans 3", "SemiBold", 600),
    "SourceSans3-Bold.ttf": ("Source Sans 3", "Bold", 700),
    "SourceSans3-Italic.ttf": ("Source Sans 3", "Italic", 400),
    "AlegreyaSans-ExtraBold.ttf": ("Alegreya Sans", "ExtraBold", 800),
    "IBMPlexMono-Regular.ttf": ("IBM Plex Mono", "Regular", 400),
}


def _font(name: str) -> TTFont:
    return TTFont(var_folder() / "fonts" / name)


def _letters(name: str) -> set[str]:
    return {chr(code) for code in _font(name).getBestCmap()}


@pytest.mark.parametrize("file_name", [name for name in PRINTED if name.startswith("SourceSans3")])
def test_one_print_font_has_every_letter_of_a_name(file_name: str) -> None:
    assert set(NAMES) - {" "} <= _letters(f"pdf/{file_name}")


@pytest.mark.parametrize(("file_name", "expected"), PRINTED.items())
def test_a_print_font_is_static_and_bears_its_family_and_weight(file_name: str, expected: tuple[str, str, int]) -> None:
    font = _font(f"pdf/{file_name}")
    names = font["name"]
    family = names.getDebugName(16) or names.getDebugName(1)
    style = names.getDebugName(17) or names.getDebugName(2)
    assert (family, style, font["OS/2"].usWeightClass) == expected
    assert "fvar" not in font


def test_the_three_web_subsets_together_have_every_letter_of_a_name() -> None:
    files = ("latin", "latin-ext", "vietnamese")
    found = set().union(*(_letters(f"web/source-sans-3-{name}.woff2") for name in files))
    assert set(NAMES) <= found


def test_the_web_font_of_text_has_every_weight_in_one_file() -> None:
    axis = _font("web/source-sans-3-latin.woff2")["fvar"].axes[0]
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 200, 900)


def test_a_page_in_french_loads_less_than_a_hundred_kilobytes_of_fonts() -> None:
    files = ("source-sans-3-latin", "alegreya-sans-latin", "ibm-plex-mono-latin")
    assert sum((var_folder() / "fonts" / "web" / f"{name}.woff2").stat().st_size for name in files) < 100_000


@pytest.mark.parametrize(
    ("file_name", "ranges"),
    [("source-sans-3-latin", LATIN), ("source-sans-3-latin-ext", LATIN_EXT), ("source-sans-3-vietnamese", VIETNAMESE)],
)
def test_the_style_sheet_asks_for_a_file_by_the_letters_that_are_in_it(file_name: str, ranges: str) -> None:
    style = (ROOT / "static" / "css" / "tokens.css").read_text()
    rule = next(rule for rule in re.findall(r"@font-face\s*{[^}]*}", style) if f"{file_name}.woff2" in rule)
    asked = re.search(r"unicode-range:([^;}]*)", rule)
    assert asked is not None
    assert _codes(asked[1].replace("U+", "")) <= _codes(ranges)


def _codes(ranges: str) -> set[int]:
    spans = (part.strip().partition("-") for part in ranges.split(","))
    return {code for first, _, last in spans for code in range(int(first, 16), int(last or first, 16) + 1)}


def test_fonts_are_made_once() -> None:
    made_at = {face.made: (var_folder() / "fonts" / face.made).stat().st_mtime_ns for face in FACES}
    assert make_fonts() is False
    assert made_at == {name: Path(var_folder() / "fonts" / name).stat().st_mtime_ns for name in made_at}
