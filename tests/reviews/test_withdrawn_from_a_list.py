"""A file that is withdrawn after its list was approved: it counts nowhere, and nobody waits for its letter."""

import pytest
from django.urls import reverse

from applications.services import withdraw_application
from portal.documents.models import Document
from portal.organisations.choices import MemberRole
from portal.organisations.models import Membership
from reviews.choices import ProposalState
from tests import factories
from tests.reviews.pages import page
from tests.sealing import seal

pytestmark = pytest.mark.django_db


def withdraw(proposal, outcome="awarded"):
    person, line = factories.person("amina"), proposal.lines.filter(outcome=outcome).first()
    file = line.application
    withdraw_application(application_id=file.pk, by=person, reason="Le partenaire renonce.")
    return file


def test_the_board_marks_it_and_its_money_counts_once(helene, closed_call):
    proposal = factories.approved(closed_call, "D-001", "D-002", "D-004")
    file = withdraw(proposal)

    shown = helene.get(page("board", closed_call.reference))

    board = shown.context["board"]
    row = next(row for row in board.rows if row.application.pk == file.pk)
    assert (row.amount, row.running, str(row.standing.label)) == (0, 0, "Withdrawn")
    assert (board.granted, board.remaining, board.committed_before) == (95000, 205000, 0)
    assert board.requested == 95000 + 44000
    assert len(board.funded) == 1
    assert "Granted, 1 project" in shown.text
    assert sum(share.files for share in shown.context["balances"].territories.shares) == 2


def test_a_withdrawn_reserve_has_no_place_any_more(helene, closed_call):
    proposal = factories.approved(closed_call, "D-001", "D-002", "D-007")
    reserve = proposal.lines.get(outcome="on_reserve").application
    owner = {"user": factories.person("amina"), "organisation": reserve.organisation}
    Membership.objects.get_or_create(**owner, defaults={"role": MemberRole.OWNER})

    withdraw(proposal, outcome="on_reserve")

    assert "Reserve, place" not in helene.get(page("board", closed_call.reference)).text


def test_the_others_are_notified_although_its_letter_failed_and_it_is_not_counted_as_told(helene, closed_call):
    proposal = factories.approved(closed_call, "D-001", "D-004")
    file = withdraw(proposal)
    letters = Document.objects.filter(decision__line__proposal=proposal)
    letters.filter(decision__application=file).update(job_state="failed", last_error="RuntimeError", attempts=3)
    seal(letters.exclude(decision__application=file).get().pk)

    progress = helene.get(page("letters", closed_call.reference)).text
    before = helene.get(page("notify", closed_call.reference)).text
    home = helene.get(reverse("dashboard:home")).text
    after = helene.post(page("notify", closed_call.reference), follow=True).text

    assert "1 of 1 letters sealed" in progress
    assert "1 of 1 letters are ready" in home
    assert "One applicant reads the decision" in before
    assert "1 applicant is notified." in after
    assert factories.fetch(proposal).state == ProposalState.NOTIFIED
