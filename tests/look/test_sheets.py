"""The style sheets: short, with fonts that the set-up makes, and colours that can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.setup.fonts import FACES

SHEETS = sorted((Path(settings.ROOT) / "static" / "css").glob("*.css"))
TOKENS = (Path(settings.ROOT) / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split("@media screen and (prefers-color-scheme: dark)")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_has_fewer_than_500_lines_and_says_what_it_holds(sheet: Path) -> None:
    lines = sheet.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 500
    assert lines[0].startswith("/* ")


def test_every_sheet_is_loaded_by_a_template() -> None:
    templates = (Path(settings.ROOT) / "templates").rglob("*.html")
    loaded = {name for page in templates for name in re.findall(r"'css/(\w+)\.css'", page.read_text(encoding="utf-8"))}
    assert loaded == {sheet.stem for sheet in SHEETS}


def test_each_web_font_is_declared_with_the_letters_it_holds() -> None:
    declared = {
        name: re.sub(r"\s|U\+", "", ranges)
        for name, ranges in re.findall(r'fonts/([\w-]+\.woff2)".*?unicode-range:([^;]+);', TOKENS, re.DOTALL)
    }
    made = {Path(face.made).name: face.letters for face in FACES if face.made.startswith("web/")}
    assert set(declared) == set(made)
    for name, letters in made.items():
        # The code face keeps more letters than its rule asks for.
        assert name.startswith("ibm") or declared[name] == letters


def value(theme: str, token: str) -> str:
    """The colour of a token; what the dark theme leaves alone it has from the light one."""
    found = re.search(rf"--{token}:\s*(#[0-9a-f]{{6}})", theme) or re.search(rf"--{token}:\s*(#[0-9a-f]{{6}})", LIGHT)
    assert found, token
    return found[1]


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = [
    ("ink", "paper"), ("ink", "desk"), ("ink", "well"), ("ink-2", "paper"), ("ink-2", "desk"), ("ink-2", "well"),
    ("act", "paper"), ("act", "desk"), ("act", "act-soft"), ("on-act", "act"), ("on-act", "act-strong"),
    ("on-deep", "deep"), ("on-deep", "deep-2"), ("on-deep-2", "deep"), ("on-deep-2", "deep-2"), ("mark-ink", "mark"),
    ("ok", "ok-soft"), ("warn", "warn-soft"), ("stop", "stop-soft"), ("info", "info-soft"), ("quiet", "quiet-soft"),
    ("ok", "paper"), ("warn", "paper"), ("stop", "paper"), ("ink", "ok-soft"), ("ink", "warn-soft"), ("ink", "info-soft"),
    ("ink", "stop-soft"),
]  # fmt: skip
SHAPES = [
    ("edge", "paper"),
    ("edge", "desk"),
    ("focus", "paper"),
    ("focus", "desk"),
    ("act", "paper"),
    ("d-1", "paper"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    assert ratio(value(theme, ink), value(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_what_can_be_used_stands_out_from_its_ground(theme: str, shape: str, ground: str) -> None:
    assert ratio(value(theme, shape), value(theme, ground)) >= 3


def test_white_text_can_be_read_on_the_tab_and_on_what_is_picked() -> None:
    assert min(ratio("#ffffff", value(LIGHT, token)) for token in ("tab", "picked")) >= 4.5
