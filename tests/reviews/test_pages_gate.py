"""The conflict gate: what stands on it, what a declaration opens, and what a conflict closes for good."""

import pytest

from portal.accounts.choices import Role
from reviews.choices import AssignmentState, ConflictAnswer
from reviews.models import Assignment
from tests import factories
from tests.reviews.pages import appoint, assigned, page, secrets_of, status_of

pytestmark = pytest.mark.django_db

NO = {"tie": "no"}
YES = {"tie": "yes", "kind": "employment", "note": "Former colleague."}
UNSURE = {"tie": "unsure", "note": "I once taught a course there."}


@pytest.fixture
def application(closed_call):
    (application,) = factories.admitted(closed_call, "D-001")
    return application


@pytest.fixture
def review(application):
    return assigned(application, "rachid")


def pages_of(review):
    reference = review.application.reference
    sha256 = review.version.files.first().sha256
    return [
        page("gate", review.pk),
        page("review", review.pk),
        page("lock", review.pk),
        page("file_annex", reference, sha256),
    ]


def case_file_of(person, review):
    parts = ("file", "file_application", "file_reviews", "file_history")
    return [person.get(page(part, review.application.reference)).status_code for part in parts]


def test_the_gate_shows_names_and_title_and_nothing_else(rachid, review):
    response = rachid.get(page("gate", review.pk))

    text = response.text
    assert review.application.title in text
    assert review.application.organisation.name in text
    assert review.application.partner_name in text
    assert [secret for secret in secrets_of(review.application) if secret in text] == []


def test_before_the_declaration_the_review_leads_to_the_gate_and_no_file_opens(rachid, review):
    _gate, the_review, lock, annex = pages_of(review)

    assert rachid.get(the_review).url.endswith(f"/reviews/{review.pk}/conflict/")
    assert rachid.get(lock).url.endswith(f"/reviews/{review.pk}/conflict/")
    assert rachid.get(annex).status_code == 404


def test_no_conflict_opens_the_file(rachid, review):
    response = rachid.post(page("gate", review.pk), NO, follow=True)

    assert response.status_code == 200
    assert secrets_of(review.application)[0] in response.text
    assert factories.fetch(review).conflict == ConflictAnswer.NONE
    assert status_of(rachid, pages_of(review)[3]) == 200


def test_a_declared_conflict_closes_every_page_the_list_and_the_count(rachid, review):
    rachid.post(page("gate", review.pk), YES)

    assert [rachid.get(address).status_code for address in pages_of(review)] == [404, 404, 404, 404]
    assert rachid.post(page("gate", review.pk), NO).status_code == 404
    listed = rachid.get(page("my_reviews")).text
    assert review.application.title not in listed
    assert "gp-tasks__link" not in listed
    assert factories.fetch(review).state == AssignmentState.CONFLICT


def test_a_conflict_declared_by_somebody_who_is_an_officer_too_closes_the_case_file(rachid, review):
    appoint("rachid", Role.OFFICER, review.application.call.unit)
    rachid.post(page("gate", review.pk), YES)

    assert case_file_of(rachid, review) == [404] * 4
    assert review.application.title not in rachid.get(page("work_list")).text


def test_the_case_file_opens_to_an_officer_who_reviews_it_with_the_declaration_only(rachid, review):
    appoint("rachid", Role.OFFICER, review.application.call.unit)
    before, annex = case_file_of(rachid, review), status_of(rachid, pages_of(review)[3])

    rachid.post(page("gate", review.pk), NO)

    assert (before, annex) == ([404] * 4, 404)
    assert case_file_of(rachid, review) == [200] * 4


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "tie"),
        ({"tie": "yes", "note": "x"}, "kind"),
        ({"tie": "yes", "kind": "family"}, "note"),
        ({"tie": "no", "kind": "family"}, "tie"),
        ({"tie": "unsure"}, "note"),
    ],
)
def test_a_declaration_says_which_tie_and_why(rachid, review, typed, field):
    response = rachid.post(page("gate", review.pk), typed)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert factories.fetch(review).state == AssignmentState.ASSIGNED


def test_a_doubt_keeps_the_file_closed_until_the_head_of_unit_has_settled_it(rachid, helene, review):
    rachid.post(page("gate", review.pk), UNSURE)

    assert "With the head of unit" in rachid.get(page("gate", review.pk)).text
    assert rachid.get(pages_of(review)[3]).status_code == 404
    helene.post(page("settle_doubt", review.pk), {"decision": "may"})
    assert rachid.get(page("review", review.pk)).status_code == 200


def test_a_doubt_that_the_head_calls_a_conflict_closes_the_file_for_good(rachid, helene, review):
    rachid.post(page("gate", review.pk), UNSURE)

    helene.post(page("settle_doubt", review.pk), {"decision": "may_not"})

    assert [rachid.get(address).status_code for address in pages_of(review)] == [404] * 4


@pytest.mark.parametrize(("name", "status"), [("olga", 403), ("rachid", 403), ("sofie", 404), ("amina", 404)])
def test_nobody_but_the_head_settles_a_doubt(request, review, rachid, name, status):
    rachid.post(page("gate", review.pk), UNSURE)

    person = request.getfixturevalue(name)

    assert person.post(page("settle_doubt", review.pk), {"decision": "may"}).status_code == status
    assert factories.fetch(review).state == AssignmentState.DOUBT


def test_a_second_answer_to_a_settled_doubt_is_refused_in_words(rachid, helene, review):
    rachid.post(page("gate", review.pk), UNSURE)
    helene.post(page("settle_doubt", review.pk), {"decision": "may"})

    response = helene.post(page("settle_doubt", review.pk), {"decision": "may_not"})

    assert response.status_code == 409
    assert "another step" in response.text


@pytest.mark.parametrize("name", ["sofie", "olga", "amina", "helene"])
def test_nobody_else_passes_the_gate_of_a_reviewer(request, review, name):
    person = request.getfixturevalue(name)

    assert person.get(page("gate", review.pk)).status_code in (403, 404)
    assert person.post(page("gate", review.pk), NO).status_code in (403, 404)
    assert factories.fetch(review).state == AssignmentState.ASSIGNED


def test_an_officer_assigns_a_reviewer_of_the_unit_once(olga, application):
    rachid = factories.person("rachid")
    address = page("assign", application.reference)

    assert olga.post(address, {"reviewer": rachid.pk}).status_code == 302
    assert olga.post(address, {"reviewer": rachid.pk}).status_code == 422
    assert olga.post(address, {"reviewer": factories.person("amina").pk}).status_code == 422
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_own_reviews_asks_the_same_number_of_times(rachid, closed_call, rows, django_assert_num_queries):
    for application in factories.admitted(closed_call, *["D-001", "D-002", "D-003"][:rows]):
        assigned(application, "rachid")

    with django_assert_num_queries(6):
        assert rachid.get(page("my_reviews")).status_code == 200
