"""Ties that the portal suggests: shown to whoever assigns, declares or settles, and never a refusal."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.organisations.models import Membership
from reviews.choices import AssignmentState
from reviews.suggestions import possible_ties
from tests import factories
from tests.reviews.pages import appoint, assigned, page
from tests.reviews.tied import asked

pytestmark = pytest.mark.django_db
SEEN = "The portal sees a possible tie"


@pytest.fixture
def file(closed_call):
    """A file in review."""
    (file,) = factories.admitted(closed_call, "D-001")
    return file


def member(file, email, name="Marie Exemple"):
    user = User.objects.create_user(email, name=name)
    Membership.objects.create(user=user, organisation=file.organisation)
    return user


def move_to(name, email):
    User.objects.filter(email=f"{name}@example.org").update(email=email)
    return User.objects.get(email=email)


def test_the_same_domain_is_seen_whatever_its_capitals(file):
    member(file, "marie@institut-exemple.be")
    rachid = move_to("rachid", "rachid@Institut-Exemple.BE")

    (tie,) = possible_ties(file, [rachid, factories.person("sofie")])

    assert tie.person == rachid
    assert "institut-exemple.be" in tie.seen


@pytest.mark.parametrize("domain", ["gmail.com", "example.org"])
def test_a_domain_of_everybody_says_nothing(file, domain):
    member(file, f"marie@{domain}")
    rachid = move_to("rachid", f"rachid.exemple@{domain}")

    assert possible_ties(file, [rachid]) == []


def test_the_same_name_is_seen_whatever_its_spaces_and_capitals(file):
    sofie = factories.person("sofie")
    member(file, "other@gmail.com", name=sofie.name.upper().replace(" ", "  "))

    assert [tie.person for tie in possible_ties(file, [sofie])] == [sofie]


def test_members_of_other_organisations_are_no_tie(file):
    User.objects.create_user("marie@institut-exemple.be", name="Marie Exemple")

    assert possible_ties(file, [move_to("rachid", "rachid@institut-exemple.be")]) == []


def test_the_officer_reads_it_while_assigning_and_may_assign_all_the_same(file, olga):
    rachid = factories.person("rachid")
    member(file, "marie@gmail.com", name=rachid.name)

    text = olga.get(page("file_reviews", file.reference)).text
    answer = olga.post(page("assign", file.reference), {"reviewer": rachid.pk})

    assert SEEN in text
    assert f"<b>{rachid.name}</b> – Somebody of the applicant has the same name." in text
    assert answer.status_code == 302
    assert file.assignments.get().reviewer == rachid


def test_the_reviewer_reads_it_on_the_gate_and_decides(file, rachid):
    member(file, "marie@gmail.com", name=rachid.user.name)
    review = assigned(file, "rachid")

    text = rachid.get(page("gate", review.pk)).text
    rachid.post(page("gate", review.pk), {"tie": "no"})

    assert SEEN in text
    assert "Marie" not in text
    assert factories.fetch(review).state == AssignmentState.IN_PROGRESS


def test_the_head_reads_it_while_settling_a_doubt(file, helene):
    member(file, "marie@gmail.com", name=factories.person("rachid").name)
    doubt = asked(file, "rachid", "doubt")

    assert SEEN in helene.get(page("settle_doubt", doubt.pk)).text


def test_nothing_is_said_where_nothing_is_seen(file, olga):
    assert SEEN not in olga.get(page("file_reviews", file.reference)).text


def test_one_or_three_reviewers_and_members_cost_the_same(file, olga):
    def queries():
        with CaptureQueriesContext(connection) as asked_for:
            assert olga.get(page("file_reviews", file.reference)).status_code == 200
        return len(asked_for)

    before = queries()
    for number in range(3):
        member(file, f"marie{number}@institut-exemple.be")
    for name in ("pieter", "bruno", "axel"):
        appoint(name, Role.REVIEWER, file.call.unit)

    assert queries() == before <= 12
