"""The story of an application told page by page: what each person of the demo opens, types and sends."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from portal.demo import texts
from portal.demo.annexes import annexes_of
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


class Applicant:
    """The signatory who writes and hands in one application."""

    def __init__(self, browser: Browser, story: Story, *, days: int) -> None:
        self.browser, self.story, self.days = browser, story, days
        self.reference = ""

    def start(self, call_reference: str) -> str:
        """An empty draft exists; its reference."""
        page = expect(self.browser.open(reverse("applications:start", args=[call_reference])))
        form = page.form(having="language")
        name = texts.organisations()[self.story["organisation"]]["name"]
        values = {"language": self.story["language"]}
        if not form.fields.get("organisation"):
            values["organisation"] = form.choice("organisation", name)
        page = expect(self.browser.send(page, form, values))
        self.reference = page.url.rstrip("/").rpartition("/")[2]
        return self.reference

    def write(self) -> None:
        """Everything that the story says is typed and attached."""
        self._project()
        for section in texts.read("call")["sections"]:
            self._section(section)
        self._budget()
        self.attach()

    def address(self, name: str, *more: str) -> str:
        """The address of one page of this application."""
        return reverse(f"applications:{name}", args=[self.reference, *more])

    def _project(self) -> None:
        story, page = self.story, expect(self.browser.open(self.address("project")))
        form = page.form(having="title")
        values: dict[str, Any] = {
            "language": story["language"],
            "title": story["title"][story["language"]],
            "summary": story["summary"],
            "track": form.choice("track", story["track"]),
            "lot": form.choice("lot", story["lot"]),
            "place": story["local_partner"]["place"],
            "partner_name": story["local_partner"]["name"],
            "starts_on": texts.shifted(story["start"], self.days),
            "duration": str(story["duration_months"]),
            "sector": form.choice("sector", story["dac_sector"]),
            "goals": [form.choice("goals", f"{goal} ") for goal in story["sdg"]],
        }
        expect(self.browser.send(page, form, values))

    def _section(self, section: dict[str, Any]) -> None:
        url = self.address("section", section["code"])
        asked = [question["code"] for question in section["questions"] if question["code"] in self.story["answers"]]
        # A question that another one opens is only on the page once the other is saved.
        for _round in range(2):
            page = expect(self.browser.open(url))
            form = page.form(having=asked[0])
            there = [code for code in asked if code in form.fields or code in form.choices]
            expect(self.browser.send(page, form, {code: self.story["answers"][code] for code in there}))
            if there == asked:
                return

    def _budget(self) -> None:
        page = expect(self.browser.open(self.address("budget")))
        form = page.form(having="income_")
        values: dict[str, Any] = {f"income_{row['heading']}": row["amount"] for row in self.story["budget"]["income"]}
        places: dict[str, int] = {}
        wanting: dict[str, str] = {}
        headings = self._headings(form.fields)
        for row in self.story["budget"]["lines"]:
            place = places.get(row["heading"], 0)
            places[row["heading"]] = place + 1
            line = f"{headings[row['heading']]}-{place}"
            wanting[f"{line}-description"] = row["heading"]
            values[f"{line}-description"] = row["label"]
            values[f"{line}-quantity"] = row["quantity"].replace(".", ",")
            values[f"{line}-unit_cost"] = row["unit_cost"].replace(".", ",")
        self._type_lines(page, values, wanting)

    def _type_lines(self, page: Page, values: dict[str, Any], wanting: dict[str, str]) -> None:
        """What has a place on the page is typed; a line that has none yet is asked for under its heading."""
        while True:
            form = page.form(having="income_")
            typed = {name: value for name, value in values.items() if name in form.fields}
            heading = next((heading for name, heading in wanting.items() if name not in form.fields), "")
            page = expect(self.browser.send(page, form, typed | ({"add": heading} if heading else {})))
            if not heading:
                return

    @staticmethod
    def _headings(names: Iterable[str]) -> dict[str, str]:
        """Heading code to the beginning of the names of its fields; the page lists the headings in their order."""
        prefixes = dict.fromkeys(name.rsplit("-", 2)[0] for name in names if name.startswith("line-"))
        codes = [row["code"] for row in texts.read("call")["budget_headings"]]
        return dict(zip(codes, prefixes, strict=True))

    def attach(self) -> None:
        """Every annex of the story is attached, one file after another."""
        url, row = self.address("annexes"), texts.organisations()[self.story["organisation"]]
        for file in annexes_of(self.story, call=texts.read("call"), organisation=row):
            page = expect(self.browser.open(url))
            form = next(form for form in page.forms if form.fields.get("annex") == [file.code])
            expect(self.browser.send(page, form, files={"file": (file.name, file.content)}))

    def hand_in(self, *, status: int = 200) -> Page:
        """The application is submitted; the receipt page, or the refusal."""
        page = expect(self.browser.open(self.address("submit")))
        return expect(self.browser.send(page, page.form(having="key")), status)


def publish(officer: Browser, head: Browser, call_reference: str) -> None:
    """Proposed by one person and published by another."""
    act(officer, reverse("calls:propose", args=[call_reference]), to="propose/")
    act(head, reverse("calls:publish", args=[call_reference]), to="publish/")


def open_assessment(officer: Browser, call_reference: str) -> None:
    """The files are unsealed."""
    act(officer, reverse("calls:open_assessment", args=[call_reference]), to="open-assessment/")


def screen(officer: Browser, reference: str, story: Story) -> None:
    """Taken in hand, every item answered as the story says, admitted."""
    case = reverse("reviews:file", args=[reference])
    act(officer, case, to="take/")
    values = {f"verdict_{code}": said["answer"] for code, said in story["screening"].items()}
    values |= {f"reason_{code}": said["reason"] for code, said in story["screening"].items()}
    act(officer, case, values, having="verdict_")
    act(officer, case, to="admit/")


def assign(officer: Browser, reference: str, reviewer_name: str) -> None:
    """The reviewer is asked for a declaration."""
    page = expect(officer.open(reverse("reviews:file_reviews", args=[reference])))
    form = page.form(having="reviewer")
    expect(officer.send(page, form, {"reviewer": form.choice("reviewer", reviewer_name)}))


def review(reviewer: Browser, said: dict[str, Any], title: str) -> None:
    """Declared without a conflict, every criterion scored with its reason, locked."""
    listed = expect(reviewer.open(reverse("reviews:my_reviews")), words=title)
    gates = [expect(reviewer.open(link)) for link in listed.links if link.endswith("/conflict/")]
    gate = next(page for page in gates if title in page.text)
    page = expect(reviewer.send(gate, gate.form(having="tie"), {"tie": "no"}))
    values = {f"score_{code}": f"{float(row['score']):.1f}" for code, row in said.items()}
    values |= {f"reason_{code}": row["reason"] for code, row in said.items()}
    form = page.form(having="score_")
    page = expect(reviewer.send(page, form, values))
    act(reviewer, f"{page.url}lock/", to="lock/")


def freeze(officer: Browser, call_reference: str, told: dict[str, Story]) -> None:
    """The ranked list is frozen with a conclusion for each rejected file (title to story)."""
    url = reverse("reviews:board", args=[call_reference])
    page = expect(officer.open(url))
    form = page.form(to="freeze/")
    conclusions = [
        story["decision"]["conclusion"] for story in told.values() if story["expected_outcome"] == "rejected"
    ]
    names = [name for name in form.fields if name.startswith("conclusion_")]
    expect(officer.send(page, form, dict(zip(names, conclusions, strict=True))))


def approve(head: Browser, call_reference: str) -> None:
    """The list is approved on its own page."""
    act(head, reverse("reviews:approve", args=[call_reference]), to="approve/")


def notify(head: Browser, call_reference: str) -> None:
    """Every applicant of the list is told."""
    act(head, reverse("reviews:notify", args=[call_reference]), to="notify/")
