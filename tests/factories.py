"""Real rows at every step of the process, made through the services as the people of the cast would make them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from applications.models import Application
from calls import services as call_services
from calls.models import Call
from portal.accounts.models import User
from portal.demo import calls, files, judging, texts
from portal.documents.models import Document
from reviews import services
from reviews.models import Proposal
from tests.sealing import seal
from tests.worlds import made_once

Story = dict[str, Any]


def story(reference: str) -> Story:
    """One of the demo's stories, D-001 to D-007."""
    return next(row for row in texts.stories() if row["ref"] == reference)


def person(name: str) -> User:
    """A member of the cast by first name."""
    return User.objects.get(email=f"{name}@example.org")


@made_once
def draft_call(reference: str = "CALL-1", *, closes_in: timedelta = timedelta(days=10)) -> Call:
    """A complete draft of a call that opened ten days ago."""
    now = timezone.now().replace(microsecond=0)
    return calls.draft(reference, "2027", opens_at=now - timedelta(days=10), closes_at=now + closes_in)


@made_once
def open_call(reference: str = "CALL-1") -> Call:
    """A published call that is open now."""
    return calls.publish(draft_call(reference))


@made_once
def closed_call(reference: str = "CALL-1") -> Call:
    """A published call that closed an hour ago; its files are still sealed."""
    return calls.publish(draft_call(reference, closes_in=-timedelta(hours=1)))


@made_once
def empty_draft(call: Call, reference: str = "D-001") -> Application:
    """A draft that was just started by the signatory of the story's organisation."""
    return files.start(call, story(reference), at=call.closes_at - timedelta(days=3))


@made_once
def full_draft(call: Call, reference: str = "D-001") -> Application:
    """A draft that only waits to be handed in."""
    told = story(reference)
    application = empty_draft(call, reference)
    moment = call.closes_at - timedelta(days=3)
    return files.fill(application, told, at=moment, days=calls.shift_to(call.closes_at))


@made_once
def submitted(call: Call, reference: str = "D-001", *, at: datetime | None = None) -> Application:
    """An application that was handed in before the deadline."""
    application = full_draft(call, reference)
    files.hand_in(application, at=at or call.closes_at - timedelta(days=2))
    return fetch(application)


@made_once
def unsealed(call: Call, *references: str) -> list[Application]:
    """Applications handed in to a closed call whose assessment is opened."""
    found = [submitted(call, reference) for reference in references]
    call_services.open_assessment(call_id=call.pk, by=person("olga"), at=call.closes_at + timedelta(minutes=2))
    return [fetch(application) for application in found]


@made_once(after=unsealed)
def admitted(call: Call, *references: str) -> list[Application]:
    """Applications that passed the screening of Olga."""
    found = unsealed(call, *references)
    for application, reference in zip(found, references, strict=True):
        judging.screen(application, story(reference), at=timezone.now())
    return [fetch(application) for application in found]


@made_once(after=admitted)
def reviewed(call: Call, *references: str) -> list[Application]:
    """Applications that Rachid and Sofie have scored and locked."""
    found = admitted(call, *references)
    for application, reference in zip(found, references, strict=True):
        judging.review(application, story(reference), at=timezone.now())
    return [fetch(application) for application in found]


@made_once(after=reviewed)
def frozen(call: Call, *references: str) -> Proposal:
    """A proposal that Olga froze over these applications."""
    found = reviewed(call, *references)
    told = {application.pk: story(reference) for application, reference in zip(found, references, strict=True)}
    return judging.freeze(call, told, at=timezone.now())


@made_once(after=frozen)
def approved(call: Call, *references: str) -> Proposal:
    """A proposal that Hélène approved; its letters are asked for."""
    proposal = frozen(call, *references)
    return services.approve_proposal(proposal_id=proposal.pk, by=person("helene"))


@made_once(after=approved)
def with_letters(call: Call, *references: str) -> Proposal:
    """An approved proposal whose letters are sealed."""
    proposal = approved(call, *references)
    for document in Document.objects.filter(decision__line__proposal=proposal):
        seal(document.pk)
    return proposal


@made_once(after=with_letters)
def notified(call: Call, *references: str) -> Proposal:
    """A proposal whose applicants were told."""
    proposal = with_letters(call, *references)
    return services.notify_decisions(proposal_id=proposal.pk, by=person("helene"))


def fetch(row: Any) -> Any:
    """The row as the database holds it now."""
    return type(row).objects.get(pk=row.pk)
