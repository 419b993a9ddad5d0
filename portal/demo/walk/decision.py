"""Officer and head of unit at the screen: the call, the ranked list, its approval and its notification."""

from django.urls import reverse

from portal.demo.browser import Browser
from portal.demo.walk.screen import Story, act, expect

NOT_FUNDED = ("rejected", "on_reserve")


def publish(officer: Browser, head: Browser, call_reference: str) -> None:
    """Proposed by one person and published by another."""
    act(officer, reverse("calls:propose", args=[call_reference]), to="propose/")
    act(head, reverse("calls:publish", args=[call_reference]), to="publish/")


def freeze(officer: Browser, call_reference: str, stories: list[Story]) -> None:
    """The ranked list of these stories is frozen: its outcomes are theirs, and who gets no grant has a conclusion."""
    page = expect(officer.open(reverse("reviews:freeze", args=[call_reference])))
    form = page.form(to="freeze/")
    # The page lists the files from the most points to the fewest.
    rows = [name.rpartition("_")[2] for name in form.fields if name.startswith("conclusion_")]
    ranked = sorted(stories, key=lambda story: -float(story["total_score"]))
    values = {}
    for row, story in zip(rows, ranked, strict=True):
        if f"outcome_{row}" in form.choices:
            values[f"outcome_{row}"] = story["expected_outcome"]
        if story["expected_outcome"] in NOT_FUNDED:
            values[f"conclusion_{row}"] = story["decision"]["conclusion"]
    expect(officer.send(page, form, values))


def approve_refusal(head: Browser, reference: str) -> None:
    """The refusal that was proposed for this file is decided."""
    act(head, reverse("reviews:refusal", args=[reference]), having="draft")


def approve(head: Browser, call_reference: str) -> None:
    """The list is approved on its own page."""
    act(head, reverse("reviews:approve", args=[call_reference]), to="approve/")


def notify(head: Browser, call_reference: str) -> None:
    """Every applicant of the list is told."""
    act(head, reverse("reviews:notify", args=[call_reference]), to="notify/")
