"""Makes a call of the texts, shifted and renamed, through the services, with the people of its unit."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from calls import services as call_services
from calls.definition import PARTS
from calls.models import Call
from portal.accounts.choices import Role
from portal.accounts.models import Unit, User
from portal.core.dates import BRUSSELS
from portal.demo import texts


@dataclass(frozen=True)
class Staff:
    """The people of the unit who act in the demo."""

    officer: User
    head: User
    reviewers: list[User]


def staff() -> Staff:
    """The first officer, the head, and the reviewers of the demo."""
    reviewers = User.objects.filter(appointments__role=Role.REVIEWER).order_by("email")
    return Staff(
        officer=User.objects.filter(appointments__role=Role.OFFICER).order_by("email")[0],
        head=User.objects.get(appointments__role=Role.UNIT_HEAD),
        reviewers=list(reviewers),
    )


def shift_to(closes_at: datetime) -> int:
    """The whole days by which the dates of the texts move for a call that closes then."""
    return (closes_at.astimezone(BRUSSELS).date() - texts.DEADLINE).days


def noon(day: Any) -> datetime:
    """Noon in Brussels on that day."""
    return datetime.combine(day, time(12), tzinfo=BRUSSELS)


def draft(reference: str, year: str, *, opens_at: datetime, closes_at: datetime) -> Call:
    """A complete draft call."""
    told = texts.renamed(texts.shifted(texts.read("call"), shift_to(closes_at)), year)
    # The texts tell more of the call than its rules: labels of dates, reports, what a track is for.
    definition = {part: told[part] for part in PARTS}
    return call_services.draft_call(
        by=staff().officer,
        unit=Unit.objects.get(),
        definition={**definition, "reference": reference},
        opens_at=opens_at,
        closes_at=closes_at,
    )


def publish(call: Call) -> Call:
    """Proposed by the officer and published by the head, just before it opens."""
    people = staff()
    before = call.opens_at - timedelta(hours=2)
    call_services.propose_publication(call_id=call.pk, by=people.officer, at=before)
    return call_services.publish_call(call_id=call.pk, by=people.head, at=before + timedelta(hours=1))


def open_assessment(call: Call) -> Call:
    """Unsealed by the officer, an hour after closing."""
    return call_services.open_assessment(call_id=call.pk, by=staff().officer, at=call.closes_at + timedelta(hours=1))
