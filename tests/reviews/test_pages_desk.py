"""The desk: the work list and the case file, who finds which file there, and the checklist."""

from html import unescape

import pytest

from applications.choices import State
from applications.models import Application
from calls.choices import AutomaticCheck
from portal.organisations.models import Membership
from reviews.models import ScreeningAnswer
from reviews.services import take_in_screening
from tests import factories
from tests.reviews.pages import officer_elsewhere, page, secrets_of, status_of

pytestmark = pytest.mark.django_db

PARTS = ("file", "file_application", "file_reviews", "file_history")


@pytest.fixture
def application(closed_call):
    (application,) = factories.unsealed(closed_call, "D-001")
    return application


@pytest.fixture
def in_screening(application):
    take_in_screening(application_id=application.pk, by=factories.person("olga"))
    return factories.fetch(application)


def all_yes(application):
    return {f"verdict_{item.code}": "yes" for item in application.call.screening_items.all()}


def test_what_the_portal_found_is_read_in_the_language_of_the_page_whoever_answered(olga, in_screening):
    olga.post(page("screen", in_screening.reference), all_yes(in_screening))
    answer = ScreeningAnswer.objects.get(application=in_screening, item__check_name=AutomaticCheck.COMPLETE_FORM)
    in_dutch = page("file", in_screening.reference).replace("/en/", "/nl/")

    assert answer.evidence_fr.startswith("Questions sans réponse valable")
    assert answer.evidence_nl in olga.get(in_dutch).text
    assert answer.evidence_fr not in olga.get(in_dutch).text


def test_an_address_that_only_takes_a_form_leads_back_to_its_page(olga, in_screening):
    response = olga.get(page("screen", in_screening.reference))

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert f'href="{page("file", in_screening.reference)}"' in response.text


@pytest.mark.parametrize("name", ["olga", "pieter", "helene", "axel"])
def test_staff_and_auditor_find_an_unsealed_file(request, application, name):
    person = request.getfixturevalue(name)

    assert application.title in person.get(page("work_list")).text
    assert [person.get(page(part, application.reference)).status_code for part in PARTS] == [200] * 4


def test_a_sealed_file_is_on_nobodys_desk(olga, axel, closed_call):
    application = factories.submitted(closed_call, "D-001")

    for person in (olga, axel):
        assert application.title not in person.get(page("work_list")).text
        assert [person.get(page(part, application.reference)).status_code for part in PARTS] == [404] * 4


def test_an_officer_of_another_unit_finds_nothing(application):
    otto = officer_elsewhere()

    response = otto.get(page("work_list"))

    assert application.title not in response.text
    assert "(1)" not in response.text
    assert [otto.get(page(part, application.reference)).status_code for part in PARTS] == [404] * 4
    assert otto.post(page("take", application.reference)).status_code == 404
    assert factories.fetch(application).state == State.SUBMITTED


@pytest.mark.parametrize("name", ["amina", "chloe", "rachid", "adam"])
def test_the_desk_is_closed_to_everyone_else(request, application, name):
    person = request.getfixturevalue(name)

    for address in (page("work_list"), *(page(part, application.reference) for part in PARTS)):
        response = person.get(address)
        assert response.status_code == 403
        assert application.title not in response.text


def test_an_officer_does_not_find_the_file_of_the_own_organisation(olga, application):
    Membership.objects.create(user=olga.user, organisation=application.organisation)

    assert olga.get(page("file_reviews", application.reference)).status_code == 404
    assert application.title not in olga.get(page("work_list")).text


def test_an_annex_is_downloaded_by_those_who_may_read_the_file(olga, axel, amina, chloe, rachid, application):
    stored = application.versions.get().files.first()
    address = page("file_annex", application.reference, stored.sha256)

    assert [status_of(reader, address) for reader in (olga, axel, amina)] == [200] * 3
    assert [status_of(reader, address) for reader in (chloe, rachid)] == [404] * 2
    assert status_of(olga, page("file_annex", application.reference, "0" * 64)) == 404


def test_the_case_file_shows_what_was_handed_in(olga, application):
    text = unescape(olga.get(page("file_application", application.reference)).text)

    without_spaces = "".join(text.split())
    assert [told for told in secrets_of(application) if "".join(told.split()) not in without_spaces] == []


def test_a_search_finds_reference_title_and_organisation(olga, closed_call):
    first, second = factories.unsealed(closed_call, "D-001", "D-002")

    for words in (first.reference, first.title[:12], first.organisation.name):
        text = olga.get(page("work_list"), {"q": words}).text
        assert first.title in text
        assert second.title not in text
    assert "No file of this view" in olga.get(page("work_list"), {"q": "nothing like this"}).text


def test_the_list_goes_on_and_back_in_words(olga, closed_call, monkeypatch):
    monkeypatch.setattr("reviews.views.worklist.FILES_ON_A_PAGE", 1)
    first, second = factories.unsealed(closed_call, "D-001", "D-002")

    start = olga.get(page("work_list"))
    after = olga.get(page("work_list"), {"after": first.pk})
    back = olga.get(page("work_list"), {"before": second.pk})

    assert first.title in start.text
    assert second.title not in start.text
    assert "Next" in start.text
    assert second.title in after.text
    assert "Previous" in after.text
    assert first.title in back.text
    assert olga.get(page("work_list"), {"after": "x"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_work_list_asks_the_database_the_same_number_of_times(olga, closed_call, rows, django_assert_num_queries):
    factories.unsealed(closed_call, *["D-001", "D-002", "D-003"][:rows])

    with django_assert_num_queries(7):
        olga.get(page("work_list"))


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_case_file_stays_within_its_queries(olga, closed_call, part, django_assert_max_num_queries):
    (application,) = factories.reviewed(closed_call, "D-004")

    with django_assert_max_num_queries(12):
        assert olga.get(page(part, application.reference)).status_code == 200


def test_the_checklist_shows_what_the_portal_finds_and_keeps_the_answers(olga, in_screening):
    address = page("file", in_screening.reference)
    assert "are within the limits" in olga.get(address).text

    response = olga.post(page("screen", in_screening.reference), all_yes(in_screening))

    assert response.status_code == 302
    assert ScreeningAnswer.objects.count() == in_screening.call.screening_items.count()
    assert "Nothing is missing." in olga.get(address).text


def test_a_no_without_a_reason_is_refused_and_the_other_answers_stay_on_the_page(olga, in_screening):
    typed = {**all_yes(in_screening), "verdict_E1": "no", "reason_R1": "Seen in the register."}

    response = olga.post(page("screen", in_screening.reference), typed)

    assert response.status_code == 409
    assert 'href="#item-E1"' in response.text
    assert "Seen in the register." in response.text
    assert not ScreeningAnswer.objects.exists()


def test_a_file_is_admitted_only_with_yes_everywhere(olga, in_screening):
    refused = olga.post(page("admit", in_screening.reference))
    olga.post(page("screen", in_screening.reference), all_yes(in_screening))
    accepted = olga.post(page("admit", in_screening.reference))

    assert refused.status_code == 409
    assert "Answer item" in refused.text
    assert accepted.status_code == 302
    assert factories.fetch(in_screening).state == State.IN_REVIEW


def test_a_second_click_on_take_is_refused_in_words(olga, application):
    assert olga.post(page("take", application.reference)).status_code == 302

    response = olga.post(page("take", application.reference))

    assert response.status_code == 409
    assert "already in another step" in response.text


def test_an_auditor_reads_without_any_form(axel, in_screening):
    for part in PARTS:
        text = axel.get(page(part, in_screening.reference)).text
        about_the_person = text.count('action="/en/account/logout/"') + text.count('action="/en/account/stay/"')
        assert text.count("<form") == about_the_person
    assert axel.post(page("screen", in_screening.reference), all_yes(in_screening)).status_code == 403
    assert not ScreeningAnswer.objects.exists()


@pytest.mark.parametrize("name", ["helene", "rachid", "amina"])
def test_nobody_but_an_officer_screens(request, in_screening, name):
    person = request.getfixturevalue(name)

    assert person.post(page("screen", in_screening.reference), all_yes(in_screening)).status_code == 403
    assert Application.objects.get().state == State.IN_SCREENING
