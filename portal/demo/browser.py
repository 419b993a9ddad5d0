"""A browser without JavaScript: reads pages, fills their forms and follows where they lead. Knows no rule of the portal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import urljoin, urlsplit

Files = Mapping[str, tuple[str, bytes]]
REDIRECTS = {301, 302, 303}
MOST_REDIRECTS = 5


@dataclass
class Answer:
    """What a server said to one request."""

    status: int
    headers: dict[str, str]
    body: bytes


class Transport(Protocol):
    """Carries one request, with cookies; over HTTP or inside a test."""

    def get(self, url: str) -> Answer: ...

    def post(self, url: str, fields: Mapping[str, list[str]], files: Files) -> Answer: ...


@dataclass
class Form:
    """A form of a page as it stands before anybody types: its fields with their values, and what can be chosen."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)

    def choice(self, name: str, beginning: str) -> str:
        """The value of the offered answer whose words begin like this; KeyError when none does."""
        offered = self.choices[name]
        for words, value in offered.items():
            if words.startswith(beginning):
                return value
        raise KeyError(f"{name} offers {sorted(offered)}, and nothing that begins with {beginning!r}")


@dataclass
class Page:
    """A page as a person sees it."""

    url: str
    status: int
    text: str
    body: bytes
    forms: list[Form]
    links: list[str]

    def form(self, *, having: str = "", to: str = "") -> Form:
        """The first form that sends somewhere and has a field of this name, or leads to an address ending so."""
        for form in self.forms:
            has_field = not having or any(name.startswith(having) for name in (*form.fields, *form.choices))
            if form.method == "post" and has_field and urlsplit(form.action or self.url).path.endswith(to):
                return form
        raise LookupError(f"{self.url} ({self.status}) has no form with {having or to!r}")


class Browser:
    """One person at one screen."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def open(self, url: str) -> Page:
        """The page at this address, after redirects."""
        return self._follow(url, self._transport.get(url))

    def send(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, str | list[str]] | None = None,
        files: Files | None = None,
    ) -> Page:
        """The page that follows when the form is sent with these values in place of its own."""
        filled = dict(form.fields)
        for name, value in (values or {}).items():
            filled[name] = value if isinstance(value, list) else [value]
        url = urljoin(page.url, form.action) if form.action else page.url
        return self._follow(url, self._transport.post(url, filled, files or {}))

    def _follow(self, url: str, answer: Answer) -> Page:
        for _turn in range(MOST_REDIRECTS):
            if answer.status not in REDIRECTS:
                break
            url = urljoin(url, answer.headers["location"])
            answer = self._transport.get(url)
        return read_page(url, answer)


def read_page(url: str, answer: Answer) -> Page:
    """The answer, with its forms and links when it is a page."""
    is_page = "html" in answer.headers.get("content-type", "")
    text = answer.body.decode("utf-8") if is_page else ""
    reader = _Reader()
    reader.feed(text)
    return Page(url, answer.status, text, answer.body, reader.forms, reader.links)


class _Reader(HTMLParser):
    """Collects forms and links in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._select = self._textarea = ""
        self._option: str | None = None
        self._words = ""
        self._radio: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get").lower()))
        elif self.forms and "disabled" not in said:
            self._read_control(tag, said)

    def _read_control(self, tag: str, said: dict[str, str]) -> None:
        name, form = said.get("name", ""), self.forms[-1]
        if tag == "input" and name:
            self._read_input(form, name, said)
        elif tag == "textarea" and name:
            self._textarea, self._words = name, ""
        elif tag == "select" and name:
            self._select = name
            form.choices.setdefault(name, {})
        elif tag == "option" and self._select:
            self._option, self._words = said.get("value", ""), ""
            if "selected" in said:
                form.fields.setdefault(self._select, []).append(self._option)

    def _read_input(self, form: Form, name: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind in {"radio", "checkbox"}:
            self._radio, self._words = (name, said.get("value", "on")), ""
            form.choices.setdefault(name, {})
            if "checked" in said:
                form.fields.setdefault(name, []).append(said.get("value", "on"))
        elif kind == "file":
            form.choices.setdefault(name, {})
        elif kind not in {"submit", "button", "reset"}:
            form.fields.setdefault(name, []).append(said.get("value", ""))

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        words = " ".join(self._words.split())
        if tag == "textarea" and self._textarea:
            # The first line break after the tag belongs to the markup, not to the text.
            self.forms[-1].fields[self._textarea] = [self._words.removeprefix("\n").removeprefix("\r\n")]
            self._textarea = ""
        elif tag == "option" and self._option is not None:
            self.forms[-1].choices[self._select][words] = self._option
            self._option = None
        elif tag == "select":
            self._select = ""
        elif tag in {"label", "div"} and self._radio and words:
            self.forms[-1].choices[self._radio[0]][words] = self._radio[1]
            self._radio = None
