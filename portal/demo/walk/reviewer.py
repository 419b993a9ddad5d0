"""A reviewer at the screen."""

from typing import Any

from django.urls import reverse

from portal.demo.browser import Browser
from portal.demo.walk.screen import act, expect


def review(reviewer: Browser, said: dict[str, Any], title: str) -> None:
    """Declared without a conflict, every criterion scored with its reason, locked."""
    listed = expect(reviewer.open(reverse("reviews:my_reviews")), words=title)
    gates = (expect(reviewer.open(link)) for link in listed.links if link.endswith("/conflict/"))
    gate = next(page for page in gates if title in page.text)
    page = expect(reviewer.send(gate, gate.form(having="tie"), {"tie": "no"}))
    values = {f"score_{code}": f"{float(row['score']):.1f}" for code, row in said.items()}
    values |= {f"reason_{code}": row["reason"] for code, row in said.items()}
    form = page.form(having="score_")
    page = expect(reviewer.send(page, form, values))
    act(reviewer, f"{page.url}lock/", to="lock/")
