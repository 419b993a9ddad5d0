"""The public pages of the calls: what everyone reads, in three languages, without an account."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calls.models import Call
from calls.reading import Words, in_words
from portal.core.dates import long_day, long_moment
from tests import factories

pytestmark = pytest.mark.django_db


def page(client, path="", language="fr"):
    return client.get(f"/{language}/{path}")


def test_the_start_page_shows_the_open_call_with_its_deadline_and_zone(visitor, open_call):
    shown = page(visitor)

    assert shown.status_code == 200
    assert open_call.title_fr in shown.text
    assert "300\u00a0000\u00a0€" in shown.text
    assert "heure de Bruxelles" in shown.text


def test_the_start_page_names_the_desk_of_a_territory(visitor, open_call):
    shown = page(visitor)

    assert "Ville-Province de Kinshasa" in shown.text
    assert shown.text.count("Kinshasa") >= 2


def test_the_start_page_says_that_no_call_is_open(visitor, closed_call):
    shown = page(visitor, language="en")

    assert "No call is open at this moment" in shown.text
    assert "gp-card--open" not in shown.text


def test_a_draft_call_is_on_no_public_page(visitor, amina):
    draft = factories.draft_call("CALL-SECRET")

    for client in (visitor, amina):
        assert draft.reference not in page(client).text
        assert draft.reference not in page(client, "calls/").text
        assert page(client, f"calls/{draft.reference}/").status_code == 404


def test_the_list_separates_open_coming_and_closed_calls(visitor, at):
    call = factories.open_call()

    for moment, heading in (
        (call.opens_at - timedelta(minutes=1), 'id="coming"'),
        (call.closes_at, 'id="closed"'),
    ):
        at(moment)
        shown = page(visitor, "calls/")
        assert heading in shown.text
        assert "No call is open" in page(visitor, "calls/", "en").text


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_call_says_its_title_criteria_and_annexes_in_each_language(visitor, open_call, language):
    shown = page(visitor, f"calls/{open_call.reference}/", language)

    criterion = open_call.criteria.get(code="C1")
    assert getattr(open_call, f"title_{language}") in shown.text
    assert getattr(criterion, f"title_{language}") in shown.text
    assert getattr(open_call.annexes.first(), f"title_{language}").partition("’")[0] in shown.text


def test_the_call_shows_the_weight_and_the_minimum_of_each_criterion_and_its_dates(visitor, open_call):
    text = page(visitor, f"calls/{open_call.reference}/", "en").text

    for criterion in open_call.criteria.all():
        assert f"<b>{criterion.weight} %</b>" in text
    jury = open_call.calendar.get(kind="jury")
    assert f'<time datetime="{jury.on.isoformat()}">{long_day(jury.on, "en")}</time>' in text
    assert "Selection committee" in text
    assert long_moment(open_call.closes_at, "en") in text


def test_the_call_shows_its_contract_hash_in_full(visitor, open_call):
    assert open_call.contract_sha256 in page(visitor, f"calls/{open_call.reference}/").text


def test_the_page_keeps_to_the_frozen_contract_whatever_happens_to_the_rows(visitor, open_call):
    Call.objects.filter(pk=open_call.pk).update(title_fr="Autre titre")

    assert "Autre titre" not in page(visitor, f"calls/{open_call.reference}/").text


def test_a_text_without_english_stands_in_french_and_says_so(visitor):
    call = factories.draft_call()
    Call.objects.filter(pk=call.pk).update(summary_en="")
    shown = page(visitor, f"calls/{factories.calls.publish(factories.fetch(call)).reference}/", "en")

    assert f'<span lang="fr">{call.summary_fr[:30]}' in shown.text
    assert "Some texts of this call do not exist in this language" in shown.text


def test_a_complete_call_has_no_banner_about_languages(visitor, open_call):
    assert "do not exist in this language" not in page(visitor, f"calls/{open_call.reference}/", "en").text


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_call(visitor, open_call):
    address = f"/fr/calls/{open_call.reference}/"

    assert f"?next={address}" in page(visitor, f"calls/{open_call.reference}/").text


def test_a_member_of_an_organisation_finds_the_start_button(amina, open_call):
    shown = page(amina, f"calls/{open_call.reference}/")

    assert f'action="/fr/applications/start/{open_call.reference}/"' in shown.text


@pytest.mark.parametrize("person", ["olga", "rachid", "axel", "adam"])
def test_who_belongs_to_no_organisation_reads_why_there_is_no_button(request, person, open_call):
    shown = page(request.getfixturevalue(person), f"calls/{open_call.reference}/", "en")

    assert "applications/start" not in shown.text
    assert "Your account belongs to none" in shown.text


def test_a_closed_call_offers_no_start(amina, closed_call):
    shown = page(amina, f"calls/{closed_call.reference}/", "en")

    assert "applications/start" not in shown.text
    assert "Closed since" in shown.text


@pytest.mark.parametrize(("seconds", "is_offered"), [(-1, True), (0, False)])
def test_the_start_button_goes_at_the_closing_moment_itself(amina, open_call, at, seconds, is_offered):
    at(open_call.closes_at + timedelta(seconds=seconds))
    # The session of an earlier day has ended.
    amina.force_login(amina.user)

    assert ("applications/start" in page(amina, f"calls/{open_call.reference}/").text) is is_offered


def test_the_officer_sees_a_draft_as_the_public_will_with_a_warning(olga):
    draft = factories.draft_call()
    shown = page(olga, f"calls/{draft.reference}/", "en")

    assert shown.status_code == 200
    assert "only the service sees this page" in shown.text
    assert "SHA-256" not in shown.text


@pytest.mark.parametrize("path", ["", "calls/", "calls/CALL-1/"])
def test_the_public_pages_ask_the_database_at_most_twelve_times(amina, open_call, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert page(amina, path).status_code == 200


@pytest.mark.parametrize("path", ["", "calls/"])
def test_more_calls_do_not_mean_more_queries(visitor, path, django_assert_num_queries):
    factories.open_call("CALL-1")
    factories.closed_call("CALL-2")
    with CaptureQueriesContext(connection) as one:
        page(visitor, path)
    factories.open_call("CALL-3")
    factories.open_call("CALL-4")
    factories.closed_call("CALL-5")

    with django_assert_num_queries(len(one)):
        page(visitor, path)


def test_words_in_another_language_are_marked_and_escaped():
    words = in_words({"fr": "<b>", "nl": "", "en": ""}, "nl")

    assert words == "<b>"
    assert words.__html__() == '<span lang="fr">&lt;b&gt;</span>'
    assert Words("ok", "nl").__html__() == "ok"
