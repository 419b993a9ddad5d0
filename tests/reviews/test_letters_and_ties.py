"""Whoever has a tie to a file reads neither its letters nor its mails as staff: the desk does not show them the file."""

import pytest

from portal.accounts.choices import Role
from portal.accounts.models import Appointment
from portal.documents.models import Document
from portal.documents.services import render_document
from portal.mail.models import OutgoingMail
from portal.organisations.models import Membership
from reviews.services import declare_conflict
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(closed_call):
    """An approved list: its letters are asked for, and nobody is told."""
    return factories.approved(closed_call, "D-001")


def read_by(name):
    """The kinds of letters, and the number of mails, that this person finds."""
    user = factories.person(name)
    return set(Document.objects.visible_to(user).values_list("kind", flat=True)), OutgoingMail.objects.visible_to(
        user
    ).count()


def test_an_officer_reads_the_letters_and_mails_of_the_unit(decided):
    kinds, mails = read_by("pieter")
    assert kinds == {"applications.receipt", "reviews.award"}
    assert mails


def test_an_officer_who_belongs_to_the_applicant_reads_only_what_the_applicant_reads(decided):
    organisation = decided.lines.get().application.organisation
    Membership.objects.create(user=factories.person("pieter"), organisation=organisation)
    render_document(document_id=Document.objects.get(kind="applications.receipt").pk)

    assert read_by("pieter")[0] == {"applications.receipt"}


def test_an_officer_with_a_declared_conflict_reads_none_of_them(closed_call):
    (file,) = factories.admitted(closed_call, "D-001")
    pieter = factories.person("pieter")
    Appointment.objects.create(
        user=pieter, role=Role.REVIEWER, unit=closed_call.unit, starts_on=closed_call.opens_at.date()
    )
    assert read_by("pieter")[0]

    assignment = factories.judging.assign(file, factories.person("pieter"), at=closed_call.closes_at)
    declare_conflict(assignment_id=assignment.pk, by=factories.person("pieter"), answer="family")

    assert read_by("pieter") == (set(), 0)
