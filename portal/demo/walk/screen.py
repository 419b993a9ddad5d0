"""What every person of the demo does at a screen: sign in, read a page, send its form."""

from typing import Any

from django.urls import reverse

from portal.demo.browser import Browser, Page
from portal.demo.people import PASSWORD

Story = dict[str, Any]


class UnexpectedPage(Exception):
    """A page said something else than the story expects."""


def expect(page: Page, status: int = 200, *, words: str = "") -> Page:
    """The page, when it has this status and these words; else what it said instead."""
    if page.status != status or words not in page.text:
        said = " ".join(page.text.split())
        start = max(said.find("<main"), 0)
        raise UnexpectedPage(f"{page.url}: {page.status} instead of {status} {words!r}\n{said[start : start + 3000]}")
    return page


def sign_in(browser: Browser, email: str) -> None:
    """The person is signed in by e-mail and password."""
    page = expect(browser.open(reverse("account_login")))
    form = page.form(having="login")
    expect(
        browser.send(page, form, {"login": email, "password": PASSWORD}),
        words=email.split("@", maxsplit=1)[0].capitalize()[:1],
    )


def act(browser: Browser, url: str, values: dict[str, Any] | None = None, *, having: str = "", to: str = "") -> Page:
    """The form of this page is sent, and what follows is a page."""
    page = expect(browser.open(url))
    return expect(browser.send(page, page.form(having=having, to=to), values))
