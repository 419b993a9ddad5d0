"""Every kind of page in a real browser, wide and narrow, in French and in Dutch: nothing overflows, nothing is refused."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FilePayload, Response, Route, ViewportSize
from playwright.sync_api import Page as Screen

from tests import factories
from tests.journeys.real_portal import chromium, running_portal
from tests.look.every_page import PAGES, Broken, Page
from tests.look.every_step import Facts, make_every_step
from tests.look.troubles import grave_troubles
from tests.own_database import use_database
from tests.sessions import session_from_the_start
from tests.surroundings import TEMPLATE, WORKER, databases

# One process opens them all: what they look at takes longer to make than to look at.
pytestmark = [pytest.mark.early, pytest.mark.xdist_group("pages")]

WIDTHS: dict[str, ViewportSize] = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}
LANGUAGES = ("fr", "nl")
# The window stays as wide as the page before left it.
ORDER = {"fr": ("wide", "narrow"), "nl": ("narrow", "wide"), "en": ("wide", "narrow")}
IN_ENGLISH = [page for page in PAGES if page.name in {"call", "home", "section"}]


@dataclass(frozen=True)
class Place:
    """A running portal with something at every step, and the session of each person of the cast."""

    address: str
    facts: Facts
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: Any) -> Iterator[Place]:
    """One database for the whole module; no page changes anything in it."""
    name = f"{WORKER}_pages"
    databases().create(name, template=TEMPLATE)
    with django_db_blocker.unblock(), use_database(name):
        facts = make_every_step()
        people = {page.person for page in PAGES if page.person}
        sessions = {person: session_from_the_start(factories.person(person)) for person in people}
        with running_portal(os.environ | {"DEMO": "1"}, with_worker=False) as address:
            yield Place(address, facts, sessions)
    databases().drop(name)


class Desk:
    """One browser with a window for each person, each with what the console of its window said."""

    def __init__(self, browser: Browser, place: Place) -> None:
        self.browser, self.place = browser, place
        self.windows: dict[str, Screen] = {}
        self.complaints: list[str] = []
        self.good_contrasts: set[str] = set()

    def window(self, person: str) -> Screen:
        if person not in self.windows:
            self.windows[person] = self._open(person).new_page()
            self.windows[person].on("console", self._hear)
            self.windows[person].on("pageerror", lambda error: self.complaints.append(str(error)))
        return self.windows[person]

    def _open(self, person: str) -> BrowserContext:
        context = self.browser.new_context(reduced_motion="reduce", locale="fr-BE")
        if person:
            session = self.place.sessions[person]
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.place.address}])
        return context

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)


@pytest.fixture(scope="module")
def desk(place: Place) -> Iterator[Desk]:
    with chromium() as browser:
        yield Desk(browser, place)


CASES = [
    *(pytest.param(page, language, id=f"{page.name} {language}") for page in PAGES for language in LANGUAGES),
    *(pytest.param(page, "en", id=f"{page.name} en") for page in IN_ENGLISH),
]


@pytest.mark.browser
@pytest.mark.parametrize(("page", "language"), CASES)
def test_page_is_in_order(page: Page, language: str, desk: Desk) -> None:
    desk.complaints.clear()
    window = desk.window(page.person)
    answer = opened(window, page, desk.place, language)
    assert answer is not None and answer.status == page.status
    assert window.locator("html").get_attribute("lang") == language
    assert window.locator("h1").count() == 1
    assert re.fullmatch(r"\S.* – Convoca", window.title(), re.DOTALL), window.title()
    # A name that was set in another block of the template leaves a link that leads nowhere.
    assert window.locator('a[href=""]').count() == 0
    for width in ORDER[language]:
        make_as_wide(window, width)
        _keep_picture(window, f"{page.name} {language} {width}")
        assert not too_wide(window), f"{width}: {too_wide(window)}"
        # A translation changes nothing of what axe looks at.
        assert language == "nl" or not grave_troubles(window, desk.good_contrasts)
    expected = [f"status of {page.status}"] if page.status != 200 else []
    assert not [said for said in desk.complaints if not any(words in said for words in expected)]


@pytest.mark.browser
def test_ten_minutes_before_its_end_a_session_says_so_and_the_person_stays_on_the_same_page(desk: Desk) -> None:
    window = desk._open("amina").new_page()
    window.clock.install()
    window.goto(f"{desk.place.address}/fr/applications/{desk.place.facts['full']}/project/")
    window.locator("[name=title]").fill("Un titre que personne n’a encore enregistré")
    banner = window.locator("#session")
    assert not banner.is_visible()

    window.clock.fast_forward("08:00:00")
    assert not banner.is_visible()
    left = int(window.locator("#session").get_attribute("data-session-seconds") or 0) - 8 * 60 * 60
    window.clock.fast_forward((left - 9 * 60) * 1000)
    assert banner.is_visible()
    assert not grave_troubles(window, desk.good_contrasts)
    for width in WIDTHS:
        make_as_wide(window, width)
        _keep_picture(window, f"session {width}")
        assert not too_wide(window)
    with window.expect_response("**/account/stay/") as answer:
        banner.get_by_role("button").click()

    assert answer.value.status == 200
    banner.wait_for(state="hidden")
    assert window.locator("[name=title]").input_value() == "Un titre que personne n’a encore enregistré"
    window.clock.fast_forward("12:00:10")
    assert "Vous êtes déconnecté" in banner.inner_text()


@pytest.mark.browser
def test_whoever_leaves_the_budget_with_an_amount_that_was_refused_is_asked_first(desk: Desk) -> None:
    window = desk._open("amina").new_page()
    asked: list[str] = []
    window.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    window.goto(f"{desk.place.address}/fr/applications/{desk.place.facts['full']}/budget/")
    amount = window.locator("input[name$=unit_cost]").first

    with window.expect_response("**/budget/") as answer:
        amount.fill("1.234")
        amount.blur()
    assert answer.value.status == 422
    window.get_by_text("Pas enregistré").wait_for()
    window.locator("nav a").first.click(no_wait_after=True)
    window.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert window.url.endswith("/budget/")
    assert amount.input_value() == "1.234"


@pytest.mark.browser
def test_a_file_is_sent_when_it_is_chosen_and_the_button_says_so_meanwhile(desk: Desk) -> None:
    window, held = desk._open("amina").new_page(), list[Route]()
    address = f"{desk.place.address}/fr/applications/{desk.place.facts['full']}/annexes/"
    window.goto(address)
    place = window.locator("#annex-A3")
    window.route(address, lambda route: held.append(route))  # noqa: PLW0108 -- Playwright marks what it calls

    place.locator("input[type=file]").set_input_files(
        FilePayload(name="a.pdf", mimeType="application/pdf", buffer=b"%PDF-")
    )
    _wait_for(window, held, 1)

    assert held[0].request.method == "POST"
    held[0].fulfill(status=204)  # the browser stays where it is
    assert place.locator("button[data-sending]").text_content() == "Envoi en cours…"


@pytest.mark.browser
def test_whoever_leaves_the_board_as_its_last_letter_is_sealed_arrives_where_the_link_leads(desk: Desk) -> None:
    window, held = desk._open("helene").new_page(), list[Route]()
    board, elsewhere = f"{desk.place.address}/fr/proposals/SEALING/", f"{desk.place.address}/fr/proposals/"

    def hold(route: Route) -> None:
        held.append(route)

    window.route("**/letters/*", hold)
    window.goto(board)
    _wait_for(window, held, 1)
    window.route(elsewhere, hold)
    window.locator('a[href="/fr/proposals/"]').first.click(no_wait_after=True)
    _wait_for(window, held, 2)

    news, page = held
    news.fulfill(headers={"HX-Refresh": "true"}, body="")
    window.wait_for_timeout(500)
    page.continue_()

    window.wait_for_url(elsewhere, timeout=5000)


def _wait_for(window: Screen, held: list[Route], number: int) -> None:
    """So many requests have been asked and are kept waiting."""
    deadline = time.monotonic() + 30
    while len(held) < number:
        assert time.monotonic() < deadline, "the page did not ask"
        window.wait_for_timeout(50)


def opened(window: Screen, page: Page, place: Place, language: str) -> Response | None:
    """The page is there: as the portal answers its address, or, after a failure, its template in that address's place."""
    address = f"{place.address}{page.address(place.facts, language)}"
    if isinstance(page, Broken):
        with translation.override(language):
            body = render_to_string(page.template)
        window.route(address, lambda route: route.fulfill(status=page.status, body=body, content_type="text/html"))
    answer = window.goto(address)
    if not page.presses:
        return answer
    with window.expect_navigation() as sent:
        window.locator(page.presses).first.click()
    return sent.value


def make_as_wide(window: Screen, width: str) -> None:
    """A window that is so already need not be drawn anew."""
    if window.viewport_size != WIDTHS[width]:
        window.set_viewport_size(WIDTHS[width])


def too_wide(window: Screen) -> list[str]:
    """What sticks out of the page, when the page can be scrolled sideways."""
    found: list[str] = window.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        ['the page', ...[...document.querySelectorAll('body *')]
            .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
            .slice(0, 8).map(one => one.outerHTML.slice(0, 120))]"""
    )
    return found


def _keep_picture(window: Screen, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        window.screenshot(path=Path(folder) / f"{slugify(name)}.png", full_page=True)
