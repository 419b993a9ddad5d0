"""Seven applications from the call to every outcome, told by the people of the demo at their screens.

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
from portal.demo.report import decisions_of, points_of, told
from portal.devstack import PortalTrouble, RunningPortal, run_management_command

CALL = "SUD2027-DEMO"
BY_PORTAL = ("D-001", "D-002", "D-003", "D-004", "D-005", "D-007")
ON_PAPER = "D-006"
CORRECTED = "D-007"
REFUSED = ("D-005", ON_PAPER)
JUDGED = ("D-001", "D-002", "D-003", "D-004", CORRECTED)
# Somebody who writes the same project for another organisation, and sends it too late.
LATE, LATE_ORGANISATION = "D-003", "voisine"
REVIEWERS = {"rachid@example.org": "Rachid", "sofie@example.org": "Sofie"}
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
        self.stories = {story["ref"]: story for story in texts.stories()}
        self.references: dict[str, str] = {}
        self.points: dict[str, str] = {}
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
        self._too_late(closes_at)
        self._open(closes_at)
        self._correct(writers[CORRECTED])
        self._refuse()
        self._judge()
        self._decide()
        walk.post_letters(self.officer)
        return self._report()

    def _publish(self) -> datetime:
        drafted = run_management_command(
            "draft_demo_call", CALL, "--closes-in", str(self.closes_in), environment=self.portal.environment
        )
        self.officer, self.head = self.sign_in("olga@example.org"), self.sign_in("helene@example.org")
        walk.publish(self.officer, self.head, CALL)
        return datetime.fromisoformat(drafted.strip())

    def _write(self, closes_at: datetime) -> dict[str, walk.Applicant]:
        """Six people hand in and wait for their receipt; a seventh has written everything and not sent it."""
        days = (closes_at.date() - texts.DEADLINE).days
        writers = {}
        for name in BY_PORTAL:
            if name == CORRECTED:
                # Takes the sixth number, which the paper file cannot have: that one is entered when the call is closed.
                self.late = self._begin({**self.stories[LATE], "organisation": LATE_ORGANISATION}, days=days)
            writers[name] = self._begin(self.stories[name], days=days)
        for name, writer in writers.items():
            self.references[name] = writer.reference
            writer.write()
            sent = time.monotonic()
            writer.hand_in()
            self._wait_for(partial(_has_receipt, writer), "a receipt")
            self.receipts.append(time.monotonic() - sent)
        self.late.write()
        return writers

    def _begin(self, story: walk.Story, *, days: int) -> walk.Applicant:
        members = texts.organisations()[story["organisation"]]["members"]
        owner = next(member["email"] for member in members if member["role"] == "owner")
        writer = walk.Applicant(self.sign_in(owner), story, days=days)
        writer.start(CALL)
        return writer

    def _too_late(self, closes_at: datetime) -> None:
        """A form that was opened in time and sent too late is refused; the draft is kept."""
        writer = self.late
        page = walk.expect(writer.browser.open(writer.address("submit")))
        form = page.form(having="key")
        if datetime.now(UTC) >= closes_at:
            raise PortalTrouble(f"Writing took longer than the {self.closes_in} seconds that the call was open.")
        _sleep_until(closes_at + timedelta(seconds=1))
        walk.expect(writer.browser.send(page, form), 409)
        title = writer.story["title"][writer.story["language"]]
        walk.expect(writer.browser.open(writer.address("project")), words=title)

    def _open(self, closes_at: datetime) -> None:
        """The files are unsealed, and the paper that came one second late is entered."""
        _sleep_until(closes_at + timedelta(seconds=MARGIN_SECONDS))
        walk.open_assessment(self.officer, CALL)
        self.references[ON_PAPER] = walk.enter_paper(
            self.officer, CALL, self.stories[ON_PAPER], received_at=closes_at + timedelta(seconds=1)
        )

    def _correct(self, writer: walk.Applicant) -> None:
        """One annex is wrong: the officer asks for another, the applicant sends it and has a second receipt."""
        walk.take(self.officer, writer.reference)
        walk.ask_correction(self.officer, writer.reference, writer.story)
        writer.correct()
        self._wait_for(partial(_has_receipt, writer), "the receipt of the correction")

    def _refuse(self) -> None:
        """Two files end at the door: the officer proposes, the head of unit decides."""
        for name in REFUSED:
            reference, story = self.references[name], self.stories[name]
            walk.take(self.officer, reference)
            walk.answer(self.officer, reference, story)
            walk.refuse(self.officer, reference, story)
            walk.approve_refusal(self.head, reference)

    def _judge(self) -> None:
        """The others are admitted, and two people score each without seeing what the other writes."""
        for name in JUDGED:
            reference = self.references[name]
            if name != CORRECTED:
                walk.take(self.officer, reference)
            walk.answer(self.officer, reference, self.stories[name])
            walk.admit(self.officer, reference)
            for reviewer in REVIEWERS.values():
                walk.assign(self.officer, reference, reviewer)
        for email in REVIEWERS:
            browser = self.sign_in(email)
            for name in JUDGED:
                story = self.stories[name]
                walk.review(browser, story["reviews"][email], story["title"][story["language"]])

    def _decide(self) -> None:
        walk.freeze(self.officer, CALL, [self.stories[name] for name in JUDGED])
        walk.approve(self.head, CALL)
        approved = time.monotonic()
        self.auditor = self.sign_in("axel@example.org")
        awaited = decisions_of(self.stories.values())
        self._wait_for(lambda: all(self._sealed(kind) == number for kind, number in awaited.items()), "the decisions")
        self.seconds["approval_to_last_pdf"] = time.monotonic() - approved
        walk.notify(self.head, CALL)

    def _sealed(self, kind: str) -> int:
        return len(set(_download_links(self._register(f"reviews.{kind}"))))

    def _register(self, kind: str) -> Page:
        return walk.expect(self.auditor.open(f"{reverse('documents:register')}?kind={kind}&call={CALL}"))

    def _wait_for(self, is_there: Callable[[], Any], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_there():
            if time.monotonic() > deadline:
                raise PortalTrouble(f"{what} did not come within {PATIENCE_SECONDS} seconds.")
            time.sleep(0.2)

    def _report(self) -> dict[str, Any]:
        documents = collect_documents(self.auditor, self._register, self.portal.address, self.out)
        audit = json.loads(run_management_command("verify_audit", "--json", environment=self.portal.environment))
        made = {name: documents.get(self.references[name], []) for name in sorted(self.stories)}
        self.points = {name: points_of(rows) for name, rows in made.items()}
        self.seconds |= {
            "receipt_p50": statistics.median(self.receipts),
            "receipt_max": max(self.receipts),
            "total": time.monotonic() - self.began,
        }
        return {
            "applications": [told(name, rows) for name, rows in made.items()],
            "seconds": {name: round(value, 2) for name, value in sorted(self.seconds.items())},
            "audit": audit,
        }


def _has_receipt(writer: walk.Applicant) -> bool:
    """Whether the receipt of the version that was sent last can be downloaded."""
    return bool(_download_links(walk.expect(writer.browser.open(writer.address("submitted")))))


def _download_links(page: Page) -> list[str]:
    return [link for link in page.links if link.endswith("/download/") and "/documents/" in link]


def _sleep_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))
