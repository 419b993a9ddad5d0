"""Whoever has a tie to a file reads neither its letters nor its mails as staff: the desk does not show them the file."""

import pytest

from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from portal.organisations.models import Membership
from reviews.desk import letters_to_post
from tests import factories
from tests.applications.papers import entered
from tests.reviews.tied import asked
from tests.sealing import seal

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
    seal(Document.objects.get(kind="applications.receipt").pk)

    assert read_by("pieter")[0] == {"applications.receipt"}


@pytest.mark.parametrize("state", ["assigned", "doubt", "conflict", "recused"])
def test_an_officer_whose_declaration_keeps_the_file_closed_reads_none_of_them(closed_call, state):
    (file,) = factories.admitted(closed_call, "D-001")
    assert read_by("pieter")[0]

    asked(file, "pieter", state)

    assert read_by("pieter") == (set(), 0)


def test_an_officer_who_reviews_the_file_without_a_conflict_reads_them(closed_call):
    (file,) = factories.admitted(closed_call, "D-001")

    asked(file, "pieter", "in_progress")

    assert read_by("pieter")[0] == {"applications.receipt"}


def test_the_letters_of_a_paper_file_are_closed_by_a_declaration_too(closed_call):
    file = entered(closed_call)
    seal(Document.objects.get().pk)
    assert read_by("pieter")[0] == {"applications.receipt"}
    assert letters_to_post(factories.person("pieter")).exists()

    asked(file, "pieter", "conflict")

    assert read_by("pieter") == (set(), 0)
    assert not letters_to_post(factories.person("pieter")).exists()


def test_the_letters_of_a_paper_file_of_the_own_organisation_are_not_for_its_officer_to_post(closed_call):
    file = entered(closed_call)
    seal(Document.objects.get().pk)

    Membership.objects.create(user=factories.person("pieter"), organisation=file.organisation)

    assert not letters_to_post(factories.person("pieter")).exists()
    assert letters_to_post(factories.person("olga")).exists()
