"""Every component renders in French and in Dutch, and carries nothing the content security policy would refuse."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.look.samples import PROBLEMS, SAMPLES

FOLDER = Path(settings.ROOT) / "templates" / "components"


def shown(name: str, language: str = "fr", **changes: object) -> str:
    """The component with its sample values, some of them changed."""
    with override(language):
        return render_to_string(f"components/{name}", {**SAMPLES[name], **changes})


def test_every_component_has_a_sample() -> None:
    assert {path.name for path in FOLDER.glob("*.html")} == set(SAMPLES)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_component_renders_in_both_languages(name: str, language: str) -> None:
    html = shown(name, language)
    assert not re.search(r"\sstyle=|<style|<script|\{\{|\{%|None", html)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.name)
def test_a_component_says_its_variables_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith("{# ") and first.endswith(" #}")


@pytest.mark.parametrize("name", ["banner_unsent.html", "readiness.html", "deadline.html", "pagination.html"])
def test_french_and_dutch_have_words_of_their_own(name: str) -> None:
    assert len({shown(name, language) for language in ("fr", "nl", "en")}) == 3


def test_in_french_one_section_and_none_are_singular() -> None:
    said = {done: "section prête sur 8" in shown("readiness.html", title="", done=done, total=8) for done in (0, 1, 2)}
    assert said == {0: True, 1: True, 2: False}


def test_a_tag_is_a_word_with_a_shape() -> None:
    assert shown("tag.html").strip() == '<span class="gp-tag gp-tag--ok gp-tag--sm">Complet</span>'


def test_a_deadline_shows_label_date_and_time_zone() -> None:
    html = shown("deadline.html", "nl", label="Indienen vóór")
    for words in ("Indienen vóór", "15 maart 2027 om 12.00 uur", "Brusselse tijd, UTC+1"):
        assert words in html


def test_a_problem_links_to_its_place_or_stays_a_sentence() -> None:
    html = shown("error_summary.html")
    assert 'href="/fr/applications/x/section/framework/"' in html
    assert 'href="#line-8"' in html
    assert f"<li>{PROBLEMS[2]}</li>" in html


def test_no_problem_gives_no_summary() -> None:
    assert shown("error_summary.html", problems=[]).strip() == ""


def test_readiness_draws_one_tick_a_section() -> None:
    html = shown("readiness.html")
    assert html.count('<i class="on">') == 6
    assert html.count('<i class="part">') == 2
    assert html.count("<i>") == 3


def test_a_drawing_has_a_point_and_no_comma_in_french() -> None:
    assert 'width="88.00"' in shown("meter.html", "fr")
    assert 'width="6.67"' in shown("meter.html", "fr")


@pytest.mark.parametrize(
    ("part", "whole", "width"), [(5, 4, "100.00"), (-1, 4, "0.00"), (1, 0, "0.00"), (None, 4, "0.00")]
)
def test_a_meter_stays_within_its_track(part: int | None, whole: int, width: str) -> None:
    assert f'class="f1" width="{width}"' in shown("meter.html", part=part, whole=whole)


def test_the_scale_has_eleven_scores_and_one_is_chosen() -> None:
    html = shown("score.html")
    assert html.count('type="radio"') == 11
    assert re.findall(r'value="([\d.]+)" checked', html) == ["3.5"]
    assert "<span>3,5</span>" in html


def test_a_score_of_zero_is_a_score() -> None:
    assert 'value="0.0" checked' in shown("score.html", value=0)
    assert "checked" not in shown("score.html", value=None)


def test_a_file_is_no_link_before_its_scan() -> None:
    assert "<a " not in shown("file.html", url="")


def test_removing_a_file_is_a_post_with_its_token() -> None:
    html = shown("file.html")
    assert 'method="post"' in html and 'value="token"' in html


@pytest.mark.parametrize(("days", "filled"), [(0, 0), (1, 1), (7, 1), (8, 2), (38, 5)])
def test_age_fills_a_bar_for_each_week_begun(days: int, filled: int) -> None:
    assert shown("age.html", days=days).count('class="on"') == filled


def test_what_a_person_typed_is_shown_as_text() -> None:
    html = shown("task.html", label="<b onclick=x>", note="<script>")
    assert "<b onclick" not in html and "<script>" not in html


def test_the_book_of_the_look_names_every_component() -> None:
    book = (Path(settings.ROOT) / "docs" / "look.md").read_text(encoding="utf-8")
    assert [name for name in SAMPLES if f"`{name.removesuffix('.html')}`" not in book] == []
