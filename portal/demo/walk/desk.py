"""The officer at the screen: opens the files, judges the form, asks for a correction, enters paper, posts letters."""

from datetime import datetime

from django.urls import reverse

from portal.core.dates import BRUSSELS
from portal.demo import texts
from portal.demo.annexes import paper_scan
from portal.demo.browser import Browser
from portal.demo.walk.screen import Story, act, expect


def open_assessment(officer: Browser, call_reference: str) -> None:
    """The files are unsealed."""
    act(officer, reverse("calls:open_assessment", args=[call_reference]), to="open-assessment/")


def enter_paper(officer: Browser, call_reference: str, story: Story, *, received_at: datetime) -> str:
    """The paper application is in the portal with its scan, received at that moment; its reference."""
    url, row = reverse("reviews:paper", args=[call_reference]), texts.organisations()[story["organisation"]]
    page = expect(officer.open(url))
    form = page.form(having="enterprise_number")
    stamp = received_at.astimezone(BRUSSELS)
    values: dict[str, str | list[str]] = {
        "enterprise_number": row["enterprise_number"],
        "title": story["title"][story["language"]],
        "language": story["language"],
        "track": form.choice("track", story["track"]),
        "lot": form.choice("lot", story["lot"]),
        "amount": story["budget"]["grant_requested"],
        "place": story["local_partner"]["place"],
        "partner_name": story["local_partner"]["name"],
        "duration": str(story["duration_months"]),
        "received_on": f"{stamp:%Y-%m-%d}",
        "received_time": f"{stamp:%H:%M:%S}",
    }
    scan = paper_scan(story, organisation=row)
    page = expect(officer.send(page, form, values, files={"scan": (scan.name, scan.content)}))
    return page.url.rstrip("/").rpartition("/")[2]


def take(officer: Browser, reference: str) -> None:
    """The file is in screening."""
    act(officer, reverse("reviews:file", args=[reference]), to="take/")


def answer(officer: Browser, reference: str, story: Story) -> None:
    """Every item is answered as the story says."""
    values = {f"verdict_{code}": said["answer"] for code, said in story["screening"].items()}
    values |= {f"reason_{code}": said["reason"] for code, said in story["screening"].items()}
    act(officer, reverse("reviews:file", args=[reference]), values, having="verdict_")


def screen(officer: Browser, reference: str, story: Story) -> None:
    """Taken in hand, every item answered as the story says, admitted."""
    take(officer, reference)
    answer(officer, reference, story)
    admit(officer, reference)


def admit(officer: Browser, reference: str) -> None:
    """The file goes to the reviewers."""
    act(officer, reverse("reviews:file", args=[reference]), to="admit/")


def ask_correction(officer: Browser, reference: str, story: Story) -> None:
    """The item of the story is to be corrected, by other files for its annexes, within the usual ten days."""
    told = story["correction"]
    page = expect(officer.open(reverse("reviews:ask_correction", args=[reference])))
    form = page.form(having="due_on")
    values: dict[str, str | list[str]] = {
        f"ask_{told['item']}": "on",
        f"missing_{told['item']}": told["finding"],
        f"accepted_{told['item']}": told["accepted"],
        "annexes": [form.choice("annexes", f"{code} ") for code in told["annexes"]],
    }
    expect(officer.send(page, form, values))


def refuse(officer: Browser, reference: str, story: Story) -> None:
    """A refusal on the items answered no awaits the head of unit."""
    act(officer, reverse("reviews:refuse", args=[reference]), texts.refusal_of(story), having="conclusion")


def assign(officer: Browser, reference: str, reviewer_name: str) -> None:
    """The reviewer is asked for a declaration."""
    page = expect(officer.open(reverse("reviews:file_reviews", args=[reference])))
    form = page.form(having="reviewer")
    expect(officer.send(page, form, {"reviewer": form.choice("reviewer", reviewer_name)}))


def post_letters(officer: Browser) -> int:
    """Every letter that waits for the post left today by registered post; how many they were."""
    posted = 0
    while True:
        listed = expect(officer.open(reverse("reviews:post_list")))
        link = next((link for link in listed.links if _is_a_letter(link)), "")
        if not link:
            return posted
        posted += 1
        act(officer, link, {"number": f"DEMO-{posted:04d}"}, having="sent_on")


def _is_a_letter(link: str) -> bool:
    listed = reverse("reviews:post_list")
    return link.startswith(listed) and link != listed and "?" not in link
