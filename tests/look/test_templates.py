"""No template of a page carries style or script of its own: the content security policy would refuse it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.ROOT) / "templates"
# Letters are printed and mails are read elsewhere; neither meets the policy of the pages.
ELSEWHERE = ("documents", "emails")
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in ELSEWHERE)
REFUSED = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without a file": r"<script\b(?![^>]*\bsrc=)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a script in an address": r"javascript:",
    "script for htmx": r"\bhx-(?:on|vals\s*=\s*['\"]js:)",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_carries_no_style_and_no_script(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))
    found = [what for what, pattern in REFUSED.items() if re.search(pattern, text)]
    assert found == []


def our_classes() -> set[str]:
    """Every class of ours that a style sheet knows."""
    sheets = (Path(settings.ROOT) / "static" / "css").glob("*.css")
    return {name for sheet in sheets for name in re.findall(r"\.(gp-[\w-]+)", sheet.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_names_only_classes_of_ours_that_exist(path: Path) -> None:
    used = set(re.findall(r"(?<![\w-])gp-[\w-]*\w(?![\w-]|\{)", path.read_text(encoding="utf-8")))
    assert used - our_classes() == set()
