"""Two applications from the call to their sealed decisions, told by the people of the demo at their screens.

No clock is faked: the call closes some seconds after it opened. Run by `python -m portal.demo` and by the tests.
"""

import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.urls import reverse

from portal.demo import texts, walk
from portal.demo.browser import Browser, Page
from portal.demo.collecting import collect_documents
from portal.demo.report import told
from portal.devstack import PortalTrouble, RunningPortal, run_management_command

CALL = "SUD2027-DEMO"
TOLD = ("D-001", "D-004")
LATE = "D-003"
STARTED = ("D-001", "D-002", "D-003", "D-004")
MARGIN_SECONDS = 61
PATIENCE_SECONDS = 60


class Journey:
    """One walk: the people at their screens, what they made, and how long it took.

    `new_screen` gives each person a browser of their own; the call closes after `closes_in` seconds.
    """

    def __init__(
        self, portal: RunningPortal, out: Path, *, new_screen: Callable[[str], Browser], closes_in: int
    ) -> None:
        self.portal, self.out, self.closes_in = portal, out, closes_in
        self.stories = {story["ref"]: story for story in texts.stories() if story["ref"] in STARTED}
        self.began = time.monotonic()
        self.receipts: list[float] = []
        self.seconds: dict[str, float] = {}
        self._new_screen = new_screen

    def sign_in(self, email: str) -> Browser:
        """A browser in which this person is signed in."""
        browser = self._new_screen(email.partition("@")[0])
        walk.sign_in(browser, email)
        return browser

    def go(self) -> dict[str, Any]:
        """Everything, in the order of the process; the report."""
        closes_at = self._publish()
        writers = self._write(closes_at)
        self._too_late(writers[LATE], closes_at)
        self._assess(writers, closes_at)
        self._decide()
        return self._report(writers)

    def _publish(self) -> datetime:
        drafted = run_management_command(
            "draft_demo_call", CALL, "--closes-in", str(self.closes_in), environment=self.portal.environment
        )
        self.officer, self.head = self.sign_in("olga@example.org"), self.sign_in("helene@example.org")
        walk.publish(self.officer, self.head, CALL)
        return datetime.fromisoformat(drafted.strip())

    def _write(self, closes_at: datetime) -> dict[str, walk.Applicant]:
        days = (closes_at.date() - texts.DEADLINE).days
        writers = {}
        for reference in STARTED:
            story = self.stories[reference]
            owner = next(
                member["email"]
                for member in texts.organisations()[story["organisation"]]["members"]
                if member["role"] == "owner"
            )
            writers[reference] = walk.Applicant(self.sign_in(owner), story, days=days)
            writers[reference].start(CALL)
        for reference in TOLD:
            writers[reference].write()
            sent = time.monotonic()
            writers[reference].hand_in()
            self._wait_for(partial(self._has_receipt, writers[reference]), "a receipt")
            self.receipts.append(time.monotonic() - sent)
        writers[LATE].write()
        return writers

    def _has_receipt(self, writer: walk.Applicant) -> bool:
        return bool(_download_links(walk.expect(writer.browser.open(writer.address("submitted")))))

    def _too_late(self, writer: walk.Applicant, closes_at: datetime) -> None:
        """A form that was opened in time and sent too late is refused; the draft is kept."""
        page = walk.expect(writer.browser.open(writer.address("submit")))
        form = page.form(having="key")
        _sleep_until(closes_at + timedelta(seconds=1))
        walk.expect(writer.browser.send(page, form), 409)
        title = writer.story["title"][writer.story["language"]]
        walk.expect(writer.browser.open(writer.address("project")), words=title)

    def _assess(self, writers: dict[str, walk.Applicant], closes_at: datetime) -> None:
        _sleep_until(closes_at + timedelta(seconds=MARGIN_SECONDS))
        walk.open_assessment(self.officer, CALL)
        reviewers = {"rachid@example.org": "Rachid", "sofie@example.org": "Sofie"}
        for reference in TOLD:
            walk.screen(self.officer, writers[reference].reference, self.stories[reference])
            for name in reviewers.values():
                walk.assign(self.officer, writers[reference].reference, name)
        for email in reviewers:
            browser = self.sign_in(email)
            for reference in TOLD:
                story = self.stories[reference]
                walk.review(browser, story["reviews"][email], story["title"][story["language"]])
        walk.freeze(self.officer, CALL, {reference: self.stories[reference] for reference in TOLD})

    def _decide(self) -> None:
        walk.approve(self.head, CALL)
        approved = time.monotonic()
        self.auditor = self.sign_in("axel@example.org")
        kinds = ("reviews.award", "reviews.rejection")
        self._wait_for(lambda: all(_download_links(self._register(kind)) for kind in kinds), "the decisions")
        self.seconds["approval_to_last_pdf"] = time.monotonic() - approved
        walk.notify(self.head, CALL)

    def _register(self, kind: str) -> Page:
        return walk.expect(self.auditor.open(f"{reverse('documents:register')}?kind={kind}&call={CALL}"))

    def _wait_for(self, is_there: Callable[[], Any], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_there():
            if time.monotonic() > deadline:
                raise PortalTrouble(f"{what} did not come within {PATIENCE_SECONDS} seconds.")
            time.sleep(0.2)

    def _report(self, writers: dict[str, walk.Applicant]) -> dict[str, Any]:
        documents = collect_documents(self.auditor, self._register, self.portal.address, self.out)
        audit = json.loads(run_management_command("verify_audit", "--json", environment=self.portal.environment))
        self.seconds |= {
            "receipt_p50": statistics.median(self.receipts),
            "receipt_max": max(self.receipts),
            "total": time.monotonic() - self.began,
        }
        return {
            "applications": [told(name, documents.get(writers[name].reference, [])) for name in TOLD],
            "seconds": {name: round(value, 2) for name, value in sorted(self.seconds.items())},
            "audit": audit,
        }


def _download_links(page: Page) -> list[str]:
    return [link for link in page.links if link.endswith("/download/") and "/documents/" in link]


def _sleep_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))
