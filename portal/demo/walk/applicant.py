"""The signatory of an organisation at the screen: writes, hands in and corrects one application."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from portal.demo import texts
from portal.demo.annexes import DemoFile, annexes_of, corrected_annexes_of
from portal.demo.browser import Browser, Page
from portal.demo.walk.screen import Story, act, expect


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
        row = texts.organisations()[self.story["organisation"]]
        self._attach(annexes_of(self.story, call=texts.read("call"), organisation=row))

    def _attach(self, files: Iterable[DemoFile]) -> None:
        page = expect(self.browser.open(self.address("annexes")))
        for file in files:
            form = next(form for form in page.forms if form.fields.get("annex") == [file.code])
            page = expect(self.browser.send(page, form, files={"file": (file.name, file.content)}))

    def correct(self) -> Page:
        """The annexes that the correction asks for are replaced, and the correction is sent."""
        row = texts.organisations()[self.story["organisation"]]
        self._attach(corrected_annexes_of(self.story, call=texts.read("call"), organisation=row))
        return act(self.browser, self.address("correct"), to="correct/")

    def hand_in(self, *, status: int = 200) -> Page:
        """The application is submitted; the receipt page, or the refusal."""
        page = expect(self.browser.open(self.address("submit")))
        return expect(self.browser.send(page, page.form(having="key")), status)
