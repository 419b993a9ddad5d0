"""Walks two applications from the call to their sealed decisions over HTTP, on a fresh portal of real processes.

`python -m portal.demo.journey --out DIR` leaves every PDF and `journey.json` in DIR; it exits with 1 when something
differs from what the demo's data expect. No clock is faked: the call closes a minute or so after it opened.
"""

import argparse
import json
import os
import socket
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import django
from django.utils import translation

from portal.devstack import PortalTrouble, RunningPortal, portal_running, run_management_command

CALL = "SUD2027-DEMO"
TOLD = ("D-001", "D-004")
LATE = "D-003"
STARTED = ("D-001", "D-002", "D-003", "D-004")
CLOSES_IN_SECONDS = 75
MARGIN_SECONDS = 61
PATIENCE_SECONDS = 60


class Journey:
    """One walk: the people at their screens, what they made, and how long it took."""

    def __init__(self, portal: RunningPortal, out: Path) -> None:
        # After django.setup(): these modules read the portal's addresses.
        from portal.demo import texts, walk
        from portal.demo.browser import Browser
        from portal.demo.http import Http

        self.portal, self.out = portal, out
        self.walk, self.texts = walk, texts
        self.stories = {story["ref"]: story for story in texts.stories() if story["ref"] in STARTED}
        self.began = time.monotonic()
        self.receipts: list[float] = []
        self.seconds: dict[str, float] = {}
        self._screen: Callable[[], Any] = lambda: Browser(Http(portal.address))

    def sign_in(self, email: str) -> Any:
        """A browser in which this person is signed in."""
        browser = self._screen()
        self.walk.sign_in(browser, email)
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
            "draft_demo_call", CALL, "--closes-in", str(CLOSES_IN_SECONDS), environment=self.portal.environment
        )
        self.officer, self.head = self.sign_in("olga@example.org"), self.sign_in("helene@example.org")
        self.walk.publish(self.officer, self.head, CALL)
        return datetime.fromisoformat(drafted.strip())

    def _write(self, closes_at: datetime) -> dict[str, Any]:
        days = (closes_at.date() - self.texts.DEADLINE).days
        writers = {}
        for reference in STARTED:
            story = self.stories[reference]
            owner = next(
                member["email"]
                for member in self.texts.organisations()[story["organisation"]]["members"]
                if member["role"] == "owner"
            )
            writers[reference] = self.walk.Applicant(self.sign_in(owner), story, days=days)
            writers[reference].start(CALL)
        for reference in TOLD:
            writers[reference].write()
            sent = time.monotonic()
            writers[reference].hand_in()
            self._wait_for(partial(self._has_receipt, writers[reference]), "a receipt")
            self.receipts.append(time.monotonic() - sent)
        writers[LATE].write()
        return writers

    def _has_receipt(self, writer: Any) -> bool:
        return bool(_download_links(self.walk.expect(writer.browser.open(writer.address("submitted")))))

    def _too_late(self, writer: Any, closes_at: datetime) -> None:
        """A form that was opened in time and sent too late is refused; the draft is kept."""
        page = self.walk.expect(writer.browser.open(writer.address("submit")))
        form = page.form(having="key")
        _sleep_until(closes_at + timedelta(seconds=1))
        self.walk.expect(writer.browser.send(page, form), 409)
        title = writer.story["title"][writer.story["language"]]
        self.walk.expect(writer.browser.open(writer.address("project")), words=title)

    def _assess(self, writers: dict[str, Any], closes_at: datetime) -> None:
        _sleep_until(closes_at + timedelta(seconds=MARGIN_SECONDS))
        walk = self.walk
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
        self.walk.approve(self.head, CALL)
        approved = time.monotonic()
        self.auditor = self.sign_in("axel@example.org")
        kinds = ("reviews.award", "reviews.rejection")
        self._wait_for(lambda: all(_download_links(self._register(kind)) for kind in kinds), "the decisions")
        self.seconds["approval_to_last_pdf"] = time.monotonic() - approved
        self.walk.notify(self.head, CALL)

    def _register(self, kind: str) -> Any:
        from django.urls import reverse

        return self.walk.expect(self.auditor.open(f"{reverse('documents:register')}?kind={kind}&call={CALL}"))

    def _wait_for(self, is_there: Callable[[], Any], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_there():
            if time.monotonic() > deadline:
                raise PortalTrouble(f"{what} did not come within {PATIENCE_SECONDS} seconds.")
            time.sleep(0.2)

    def _report(self, writers: dict[str, Any]) -> dict[str, Any]:
        from portal.demo.collecting import collect_documents

        documents = collect_documents(self.auditor, self._register, self.portal.address, self.out)
        audit = json.loads(run_management_command("verify_audit", "--json", environment=self.portal.environment))
        self.seconds |= {
            "receipt_p50": statistics.median(self.receipts),
            "receipt_max": max(self.receipts),
            "total": time.monotonic() - self.began,
        }
        return {
            "applications": [
                {
                    "reference": reference,
                    **_decided(documents.get(writers[reference].reference, [])),
                    "documents": [_shown(row) for row in documents.get(writers[reference].reference, [])],
                }
                for reference in TOLD
            ],
            "seconds": {name: round(value, 2) for name, value in sorted(self.seconds.items())},
            "audit": audit,
        }


def _decided(rows: list[dict[str, Any]]) -> dict[str, str]:
    decision = next((row for row in rows if row["outcome"]), {"outcome": "", "amount": "0.00"})
    return {"outcome": decision["outcome"], "amount": decision["amount"]}


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    names = ("kind", "number", "language", "path", "sha256", "verify_url")
    return {name: row[name] for name in names}


def _download_links(page: Any) -> list[str]:
    return [link for link in page.links if link.endswith("/download/") and "/documents/" in link]


def _sleep_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))


def differences(report: dict[str, Any], stories: dict[str, Any]) -> list[str]:
    """What the journey made and the data do not agree on, in sentences."""
    found = []
    for told in report["applications"]:
        story = stories[told["reference"]]
        outcome = story["expected_outcome"]
        amount = story["budget"]["grant_requested"] if outcome == "awarded" else "0.00"
        if (told["outcome"], told["amount"]) != (outcome, amount):
            found.append(f"{told['reference']}: {told['outcome']} {told['amount']} instead of {outcome} {amount}")
        kinds = sorted(document["kind"] for document in told["documents"])
        expected = sorted(["receipt", {"awarded": "award", "rejected": "rejection"}[outcome]])
        if kinds != expected:
            found.append(f"{told['reference']}: documents {kinds} instead of {expected}")
    if report["audit"]["verdict"] != "holds":
        found.append(f"the audit chain: {report['audit']['verdict']}")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main(arguments: list[str]) -> int:
    """Zero when the journey ended as the data expect."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    with portal_running("journey", port=_free_port()) as portal:
        os.environ.update(portal.environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        django.setup()
        with translation.override("fr"):
            journey = Journey(portal, out)
            report = journey.go()
    (out / "journey.json").write_text(json.dumps(report, indent=2, ensure_ascii=False), encoding="utf-8")
    print(json.dumps(report["seconds"]), json.dumps(report["audit"]))
    wrong = differences(report, journey.stories)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
