"""Files, letters and calls by the names that people use, on the page of the event chain."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from portal.audit.services import record
from portal.documents.models import Document
from portal.mail.models import OutgoingMail
from tests import factories


@pytest.fixture
def told(closed_call):
    """A file of which everything has been done: screened, read twice, decided, told."""
    factories.notified(closed_call, "D-001", "D-002")
    return closed_call.applications.get(number=1)


def page(person, about=""):
    with override("en"):
        response = person.get(reverse("audit:chain"), {"about": about} if about else {})
    assert response.status_code == 200
    return response


def objects(person, about):
    return {event.object for event, _name in page(person, about).context["events"]}


def test_a_file_is_found_by_its_reference_with_its_reviews_letters_and_mails(axel, told):
    letters = {letter.audit_name for letter in Document.objects.issued().about(told.audit_name)}
    reviews = {review.audit_name for review in told.assignments.all()}
    record("mail.sent", on=OutgoingMail.objects.filter(about=told.audit_name)[0], by=None)

    found = objects(axel, told.reference)

    assert (len(letters), len(reviews)) == (1, 2)
    assert found >= {told.audit_name, *letters, *reviews}
    assert {code.partition(":")[0] for code in found} == {"application", "assignment", "document", "mail"}


def test_nothing_of_another_file_is_found_with_it(axel, told):
    other = told.call.applications.get(number=2)

    assert not objects(axel, told.reference) & objects(axel, other.reference)


def test_small_letters_and_spaces_do_not_matter(axel, told):
    assert objects(axel, f" {told.reference.lower()} ") == objects(axel, told.reference)


def test_calls_letters_and_lists_are_found_by_reference_or_number(axel, told):
    letter = Document.objects.about(told.audit_name).order_by("pk").last()

    assert objects(axel, told.call.reference) == {told.call.audit_name}
    assert objects(axel, letter.number) == {letter.audit_name}
    assert objects(axel, f"{told.call.reference}-P1") == {f"proposal:{told.call.reference}-P1"}


def test_an_event_shows_its_file_and_leads_to_it_but_says_not_who_reviews(axel, told):
    review = told.assignments.first()
    link = f'<a href="/en/desk/files/{told.reference}/">{told.reference}</a>'
    shown = page(axel, review.audit_name).text

    assert f"{review.audit_name} – {link}" in shown
    assert f"{told.audit_name} – {link}" in page(axel, told.audit_name).text
    assert review.reviewer.name not in shown


def test_an_auditor_of_other_calls_reads_codes_only(axel, told):
    axel.user.mandates.update(call_references=["ANOTHER-CALL"])

    assert told.reference not in page(axel).text
    assert objects(axel, told.reference) == set()
    assert objects(axel, told.audit_name) == {told.audit_name}


def test_the_administrator_reads_codes_only(adam, told):
    assert told.reference not in page(adam).text
    assert "No event is known by this name" in page(adam, told.reference).text


@pytest.mark.parametrize("code", ["application:1", "assignment:x", "nothing"])
def test_a_code_that_nothing_can_have_is_shown_as_it_is(axel, code):
    record("application.lapsed", on=code, by=None)

    assert code in page(axel).text


def test_a_sign_that_no_name_holds_is_passed_over(axel, told):
    assert objects(axel, f"{told.reference}\x00") == objects(axel, told.reference)


def test_a_page_of_many_files_asks_as_often_as_a_page_of_one(axel, closed_call, django_assert_max_num_queries):
    factories.reviewed(closed_call, "D-001", "D-002", "D-004")

    with django_assert_max_num_queries(8):
        page(axel)
