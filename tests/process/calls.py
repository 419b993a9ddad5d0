"""Every act on a call, and every step at which a call can stand, reached through the services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from applications import services as applying
from calls import services as calling
from calls.models import Call, Corrigendum
from portal.organisations.models import Organisation
from reviews import services as judging
from tests import factories
from tests.applications.papers import paper
from tests.factories import fetch, person
from tests.process.acts import BOTH, Attempt, on_call
from tests.process.branches import branch
from tests.process.people import add_outsiders

LATER = timedelta(days=400)


@dataclass(frozen=True)
class CallStand:
    """Where a call stands, under a name that begins with its state, and the moment at which something is tried."""

    name: str
    row: Call
    now: datetime
    only: frozenset[str] = frozenset()

    @property
    def call(self) -> Call:
        """The call itself."""
        return self.row

    @cached_property
    def corrigendum(self) -> Corrigendum | None:
        """The last correction of its words."""
        return self.row.corrigenda.last()

    @cached_property
    def applicant(self) -> Organisation:
        """An organisation that has not applied; Amina signs for it."""
        return Organisation.objects.get(memberships__user__email="amina@example.org")

    @cached_property
    def words(self) -> dict[str, Any]:
        """Other words for one public text, with their reason."""
        other = {"fr": "Autre résumé.", "nl": "Andere samenvatting."}
        return {"changes": {f"call:{self.row.reference}:summary": other}, "reason": BOTH}


Act = Callable[[CallStand, Any], Attempt | None]


def at_the_moment(service: Callable[..., Any], **given: Any) -> Act:
    """An act on the call that is told when it happens."""
    return lambda stand, by: lambda: service(call_id=stand.row.pk, by=by, at=stand.now, **given)


def start(stand: CallStand, by: Any) -> Attempt:
    given = {"organisation_id": stand.applicant.pk, "at": stand.now}
    return lambda: applying.start_application(call_id=stand.row.pk, by=by, **given)


def enter_paper(stand: CallStand, by: Any) -> Attempt:
    given = {"organisation": stand.applicant, "paper": paper(stand.row), "at": stand.now}
    return lambda: applying.register_paper_application(call_id=stand.row.pk, by=by, **given)


def extend(stand: CallStand, by: Any) -> Attempt:
    given = {"reason": BOTH, "closes_at": stand.now + timedelta(days=30), "at": stand.now}
    return lambda: calling.extend_deadline(call_id=stand.row.pk, by=by, **given)


def correct(stand: CallStand, by: Any) -> Attempt:
    return lambda: calling.propose_corrigendum(call_id=stand.row.pk, by=by, **stand.words)


def on_corrigendum(service: Callable[..., Any]) -> Act:
    """An act on the last correction of the call's words, where there is one."""
    return lambda stand, by: stand.corrigendum and (lambda: service(corrigendum_id=stand.corrigendum.pk, by=by))


CALL_ACTS: dict[str, Act] = {
    "propose_publication": at_the_moment(calling.propose_publication),
    "return_to_draft": on_call(calling.return_to_draft, reason="Exemple."),
    "publish_call": at_the_moment(calling.publish_call),
    "open_assessment": at_the_moment(calling.open_assessment),
    "extend_deadline": extend,
    "propose_corrigendum": correct,
    "issue_corrigendum": on_corrigendum(calling.issue_corrigendum),
    "discard_corrigendum": on_corrigendum(calling.discard_corrigendum),
    "close_decisions": on_call(judging.close_decisions),
    "cancel_call": at_the_moment(calling.cancel_call, reason=BOTH),
    "archive_call": at_the_moment(calling.archive_call),
    "start_application": start,
    "register_paper_application": enter_paper,
}


def whole(name: str, call: Call) -> CallStand:
    """The call as it stands now: everybody tries everything."""
    return CallStand(name, fetch(call), timezone.now())


def at(name: str, call: Call, now: datetime | None = None) -> CallStand:
    """The call as it stands now, or as it will at another moment; outsiders have tried already."""
    return CallStand(name, fetch(call), now or timezone.now(), frozenset(CALL_ACTS))


def before_publication() -> Iterator[CallStand]:
    """Drafted, proposed, published, corrected, closed; cancelled before and after publication."""
    call = factories.draft_call("CALL-9")
    add_outsiders()
    yield whole("draft", call)
    with branch():
        calling.cancel_call(call_id=call.pk, by=person("helene"), reason=BOTH)
        yield at("cancelled:draft", call)
    calling.propose_publication(call_id=call.pk, by=person("olga"))
    yield whole("proposed", call)
    calling.publish_call(call_id=call.pk, by=person("helene"))
    yield at("published", call)
    words = calling.propose_corrigendum(call_id=call.pk, by=person("olga"), **at("published", call).words)
    yield whole("published:corrigendum", call)
    yield at("published:closed", call, call.closes_at + timedelta(minutes=2))
    with branch():
        calling.issue_corrigendum(corrigendum_id=words.pk, by=person("helene"))
        yield at("published:corrected", call)
    calling.cancel_call(call_id=call.pk, by=person("helene"), reason=BOTH)
    yield whole("cancelled", call)


def after_the_deadline() -> Iterator[CallStand]:
    """Under assessment with an open file and without one, decided, archived."""
    call = factories.closed_call("CALL-8")
    (file,) = factories.unsealed(call, "D-003")
    add_outsiders()
    yield whole("in_assessment", call)
    signatory = file.organisation.memberships.get(role="owner").user
    applying.withdraw_application(application_id=file.pk, by=signatory, reason="Exemple.")
    yield at("in_assessment:told", call)
    judging.close_decisions(call_id=call.pk, by=person("helene"))
    yield whole("decided", call)
    yield at("decided:old", call, timezone.now() + LATER)
    calling.archive_call(call_id=call.pk, by=person("olga"), at=timezone.now() + LATER)
    yield whole("archived", call)


CALL_WALKS = {walk.__name__: walk for walk in (before_publication, after_the_deadline)}
