"""A person at a real browser, for the walk of the demo: types into the page as it is shown and presses its button."""

import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from playwright.sync_api import BrowserContext, Locator, Response

from portal.demo.browser import Answer, Browser, Files, Form, Page, read_page

_pictures = count(1)
# Of these files every step is kept; of the others one picture of each kind of page, which is the address without its names.
FOLLOWED = re.compile(r"-DEMO-D-00[14]\b")
NAMES = re.compile(r"[A-Z0-9]+-DEMO-D-\d+|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}|\d+")
_seen: set[str] = set()
AWAITS_LETTERS = "#letters [hx-trigger]"
OWN_BUTTON = "button:not([type=button]), input[type=submit]"
# The scripts of a page have run; its fonts may still be on their way.
READY: Literal["domcontentloaded"] = "domcontentloaded"
Control = dict[str, str | bool]
# What a person sees of a form at one look: each control by its name, each button by its name and value.
CONTROLS = """form => Object.fromEntries([...form.elements].filter(one => one.name).map(one => [
    one.tagName === 'BUTTON' ? `${one.name}=${one.value}` : one.name,
    {kind: one.type, value: one.value, folded: one.type !== 'hidden' && !!one.closest('details:not([open])')},
]))"""


class RealScreen(Browser):
    """One person's window. `pictures` gets one of every kind of page that followed when something was sent."""

    def __init__(self, context: BrowserContext, address: str, name: str, pictures: Path, *, has_scripts: bool) -> None:
        self._context, self._address, self._name, self._pictures = context, address, name, pictures
        self._has_scripts = has_scripts
        self._window = context.new_page()
        self._last: Response | None = None
        self.complaints: list[str] = []
        self._window.on("response", self._notice)
        self._window.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, url: str) -> Page:
        """The page at this address. A file to download is taken with the same cookies, without the window."""
        address = urljoin(self._address, url)
        if url.endswith("/download/"):
            taken = self._context.request.get(address)
            return read_page(url, Answer(taken.status, taken.headers, taken.body()))
        self._go(address)
        return self._page()

    def send(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, str | list[str]] | None = None,
        files: Files | None = None,
    ) -> Page:
        """The page that follows when the form is filled and its own button pressed."""
        if self._window.url != page.url:
            self._go(page.url)
        shown = self._window.locator("form").nth(page.forms.index(form))
        there: dict[str, Control] = shown.evaluate(CONTROLS)
        button = OWN_BUTTON
        for name, value in (values or {}).items():
            pressed = f'button[name="{name}"][value="{value}"]'
            if f"{name}={value}" in there:
                button = pressed
            elif there.get(name) != {"kind": "text", "value": value, "folded": False}:
                self._fill(shown, name, value if isinstance(value, list) else [value], there[name])
        main = shown.locator("button.btn-primary:not([name])")
        pressing = main.last if button == OWN_BUTTON and main.count() else shown.locator(button).last
        _unfold(pressing)
        sends_itself = shown.get_attribute("data-sends-choice") is not None
        with self._window.expect_navigation(wait_until=READY):
            for name, (file_name, content) in (files or {}).items():
                upload = {"name": file_name, "mimeType": "application/pdf", "buffer": content}
                shown.locator(f'input[type=file][name="{name}"]').set_input_files(upload)
            if not (files and self._has_scripts and sends_itself):
                pressing.click()
        self._keep_picture()
        return self._page()

    @staticmethod
    def _fill(form: Locator, name: str, values: list[str], control: Control) -> None:
        controls, kind = form.locator(f'[name="{name}"]'), control["kind"]
        if control["folded"]:
            _unfold(controls.first)
        if kind == "radio":
            form.locator(f'[name="{name}"][value="{values[0]}"]').check()
        elif kind == "checkbox":
            for one in controls.all():
                one.set_checked((one.get_attribute("value") or "on") in values)
        elif kind.startswith("select"):
            controls.select_option(values)
        else:
            controls.fill(values[0])

    def _go(self, address: str) -> None:
        """Another page in this window; not while a board waits for its last letter, with which it loads itself anew."""
        if self._has_scripts:
            self._window.locator(AWAITS_LETTERS).wait_for(state="detached")
        self._window.goto(address, wait_until=READY)

    def _notice(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() and response.frame == self._window.main_frame
        if is_page and not 300 <= response.status < 400:
            self._last = response

    def _page(self) -> Page:
        assert self._last is not None
        answer = Answer(self._last.status, self._last.headers, self._window.content().encode())
        return read_page(self._window.url, answer)

    def _keep_picture(self) -> None:
        kind = NAMES.sub("", self._window.url)
        if kind in _seen and not FOLLOWED.search(self._window.url):
            return
        _seen.add(kind)
        address = re.sub(r"[^A-Za-z0-9]+", "-", self._window.url.removeprefix(self._address)).strip("-")
        path = self._pictures / f"{next(_pictures):03d}-{self._name}-{address}.jpg"
        self._window.screenshot(path=path, type="jpeg", quality=60, full_page=True)


def _unfold(control: Locator) -> None:
    """What is folded around the control is opened, from the outside in, as a person would."""
    for folded in control.locator("xpath=ancestor::details").all():
        if folded.get_attribute("open") is None:
            folded.locator("summary").first.click()
