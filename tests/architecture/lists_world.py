"""Every page that lists rows, who opens it, and one more row for each of them at a time."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone, translation

from calls import services as calling
from portal.accounts.choices import Role
from portal.accounts.models import Appointment, Unit, User
from portal.documents.models import Document
from portal.organisations.models import Organisation
from reviews import services as judging
from reviews.choices import ConflictAnswer
from tests import factories
from tests.applications import papers
from tests.reviews import chains
from tests.sealing import seal


@dataclass(frozen=True)
class ListPage:
    """One list: its template, the address of the page that shows it, and who opens it."""

    template: str
    view: str
    person: str
    reference: str = ""

    def address(self, rows: int) -> str:
        """The page with so many rows; the reference of a call may depend on them."""
        arguments = [self.reference.format(rows)] if self.reference else []
        with translation.override("en"):
            return reverse(self.view, args=arguments)


LISTS = [
    ListPage("calls/open.html", "calls:open", ""),
    ListPage("calls/territories.html", "calls:territories", ""),
    ListPage("calls/desk/list.html", "calls:desk_list", "olga"),
    ListPage("applications/mine.html", "applications:mine", "amina"),
    ListPage("reviews/work_list.html", "reviews:work_list", "olga"),
    ListPage("reviews/my_reviews.html", "reviews:my_reviews", "rachid"),
    ListPage("reviews/paper_calls.html", "reviews:paper_calls", "olga"),
    ListPage("reviews/post_list.html", "reviews:post_list", "olga"),
    ListPage("reviews/boards.html", "reviews:boards", "helene"),
    ListPage("reviews/board/list.html", "reviews:board", "helene", "FROZEN-{}"),
    ListPage("documents/register.html", "documents:register", "axel"),
    ListPage("mail/log.html", "mail:log", "amina"),
    ListPage("audit/chain.html", "audit:chain", "axel"),
    ListPage("accounts/people.html", "people", "adam"),
    ListPage("accounts/job_table.html", "jobs", "adam"),
    *(
        ListPage("dashboard/home.html", "dashboard:home", person)
        for person in ("amina", "olga", "pieter", "rachid", "helene", "axel", "adam")
    ),
]


def one_more_of_each(number: int) -> None:
    """One more row on every list; the frozen list of this round has as many files as there were rounds."""
    _calls(number)
    _files(number)
    _lists(number)
    _people(number)
    known = Organisation.objects.filter(memberships=None).first()
    paper = papers.entered(factories.closed_call(f"PAPER-{number}"), organisation=known or papers.NEW)
    # The one letter that is made: all others are jobs under way.
    seal(Document.objects.get(about=paper.audit_name).pk)


def _calls(number: int) -> None:
    """To propose, to publish, to open; open with a draft of Amina's."""
    olga = factories.person("olga")
    factories.draft_call(f"DRAFT-{number}")
    proposed = factories.draft_call(f"PROPOSED-{number}")
    calling.propose_publication(call_id=proposed.pk, by=olga, at=proposed.opens_at)
    factories.closed_call(f"SEALED-{number}")
    factories.full_draft(factories.open_call(f"OPEN-{number}"), "D-001")


def _files(number: int) -> None:
    """To screen, to assign, to declare, to score, a doubt to settle."""
    call = factories.closed_call(f"DESK-{number}")
    to_screen, gate, doubt = factories.unsealed(call, "D-003", "D-001", "D-002")
    for file, reference in ((gate, "D-001"), (doubt, "D-002")):
        factories.judging.screen(file, factories.story(reference), at=timezone.now())
    judging.take_in_screening(application_id=to_screen.pk, by=factories.person("olga"))
    for file, answer in ((gate, ConflictAnswer.NONE), (doubt, ConflictAnswer.DOUBT)):
        assigned = judging.assign_reviewer(
            application_id=file.pk, reviewer_id=factories.person("rachid").pk, by=factories.person("olga")
        )
        judging.declare_conflict(assignment_id=assigned.pk, by=factories.person("rachid"), answer=answer)


def _lists(number: int) -> None:
    """To freeze, to approve, to transmit, to record, to notify."""
    factories.reviewed(factories.closed_call(f"REVIEWED-{number}"), "D-004")
    factories.frozen(factories.closed_call(f"FROZEN-{number}"), *("D-001", "D-002", "D-004")[:number])
    factories.approved(factories.closed_call(f"APPROVED-{number}"), "D-004")
    chains.approved(factories.closed_call(f"OUT-{number}"), "D-003")
    chains.transmitted(factories.closed_call(f"AWAITED-{number}"), "D-003")


def _people(number: int) -> None:
    user = User.objects.create_user(f"officer-{number}@example.org", name=f"Exemple {number}")
    unit, since = Unit.objects.all()[0], timezone.localdate() - timedelta(days=1)
    Appointment.objects.create(user=user, role=Role.OFFICER, unit=unit, starts_on=since)
