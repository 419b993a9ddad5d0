"""Contrast that was found good once is not looked at again, and what was never seen is never taken for good."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page as Screen

from tests.journeys.real_portal import chromium
from tests.look.troubles import grave_troubles

# With the pages, so that one process opens the browsers.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

GOOD, FAINT = "color: #222222", "color: #dddddd"


@pytest.fixture(scope="module")
def window() -> Iterator[Screen]:
    with chromium() as browser:
        yield browser.new_page()


def shown(window: Screen, inside: str, known: set[str]) -> list[str]:
    """The rules that a page with this in it breaks."""
    window.set_content(
        f"<html lang='fr'><title>Page</title><main style='background: #fff'><h1>Page</h1>{inside}</main>"
    )
    return [trouble.partition(":")[0] for trouble in grave_troubles(window, known)]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='{}; display: none'>Caché</p>",
        "<p style='{}; visibility: hidden'>Caché</p>",
        "<p style='{}; position: absolute; width: 1px; height: 1px; overflow: hidden'>Lu</p>",
    ],
    ids=["without a place", "without being drawn", "for ears"],
)
def test_faint_words_are_found_beside_and_after_hidden_ones_of_the_same_colour(window: Screen, hidden: str) -> None:
    known: set[str] = set()
    out_of_sight, faint = hidden.format(FAINT), f"<p style='{FAINT}'>Pâle</p>"

    assert shown(window, out_of_sight, known) == []
    assert shown(window, faint + out_of_sight, known) == ["color-contrast"]


def test_a_fault_is_found_on_every_page_that_has_it(window: Screen) -> None:
    known: set[str] = set()
    for _page in range(2):
        assert shown(window, f"<p style='{FAINT}'>Pâle</p>", known) == ["color-contrast"]


@pytest.mark.parametrize(
    "faint",
    [
        f"<div style='background: #444'><p style='{GOOD}'>Sur un autre fond</p></div>",
        f"<div style='opacity: 0.2'><p style='{GOOD}'>À travers</p></div>",
        f"<label>Choix <select style='{FAINT}; background: #fff'><option>Un</option></select></label>",
        f"<label>Champ <input style='{FAINT}; background: #fff' value='Typé'></label>",
    ],
    ids=["another background", "half transparent", "a list of choices", "a field"],
)
def test_good_words_do_not_vouch_for_those_that_are_drawn_otherwise(window: Screen, faint: str) -> None:
    known: set[str] = set()

    assert shown(window, f"<p style='{GOOD}'>Lisible</p><label>A <input></label>", known) == []
    assert shown(window, faint, known) == ["color-contrast"]
