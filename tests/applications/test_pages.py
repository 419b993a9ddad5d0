"""The applicant's pages as Amina, Bruno and Chloé see them: the list, the start, what is missing, who may look."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from applications.choices import State
from applications.models import Application
from applications.services import save_answers
from calls.models import Question
from portal.accounts.choices import Language
from portal.organisations.models import Membership
from tests import factories
from tests.applications.addresses import page, pages_of

pytestmark = pytest.mark.django_db


def test_amina_finds_her_draft_in_her_list_loudly_not_submitted(amina, draft):
    response = amina.get(page("mine"))

    assert draft.title in response.text
    assert "Draft: NOT SUBMITTED" in response.text
    assert "days are left" in response.text


def test_the_list_of_somebody_without_an_application_says_where_to_begin(amina):
    assert "You start one from an open call." in amina.get(page("mine")).text


def test_an_officer_has_no_list_of_applications_of_her_own(olga):
    assert olga.get(page("mine")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_times(amina, rows, django_assert_num_queries):
    for number in range(rows):
        factories.empty_draft(factories.open_call(f"CALL-{number}"))

    with django_assert_num_queries(5):
        assert amina.get(page("mine")).status_code == 200


def test_the_bare_button_of_a_call_leads_to_the_two_questions(amina, open_call):
    response = amina.post(page("start", open_call.reference))

    assert response.status_code == 302
    assert not Application.objects.exists()
    assert "In which language do you apply?" in amina.get(response.url).text


def test_an_application_is_started_for_an_organisation_in_a_language(bruno, open_call):
    organisation = bruno.user.organisations.get()

    response = bruno.post(page("start", open_call.reference), {"organisation": organisation.pk, "language": "nl"})

    started = Application.objects.get()
    assert response.url == page("task_list", started)
    assert (started.organisation, started.language, started.created_by) == (organisation, Language.DUTCH, bruno.user)


def test_nobody_starts_for_the_organisation_of_others(chloe, open_call):
    other = factories.files.organisation_of(factories.story("D-001"))

    response = chloe.post(page("start", open_call.reference), {"organisation": other.pk, "language": "fr"})

    assert response.status_code == 422
    assert "Choose the organisation." in response.text
    assert not Application.objects.exists()


def test_the_third_application_of_an_organisation_is_refused_with_the_limit(amina, open_call):
    organisation = factories.empty_draft(open_call).organisation
    factories.empty_draft(open_call)

    response = amina.post(page("start", open_call.reference), {"organisation": organisation.pk, "language": "fr"})

    assert response.status_code == 409
    assert "already has 2 applications" in response.text


def test_a_closed_call_starts_nothing_and_says_so(amina, closed_call):
    organisation = amina.user.organisations.get()

    assert "This call is not open for applications." in amina.get(page("start", closed_call.reference)).text
    response = amina.post(page("start", closed_call.reference), {"organisation": organisation.pk, "language": "fr"})

    assert response.status_code == 409
    assert not Application.objects.exists()


def test_an_empty_draft_lists_every_missing_point_with_its_place(amina, open_call):
    empty = factories.empty_draft(open_call)

    text = amina.get(page("task_list", empty)).text

    assert "NOT SUBMITTED YET" in text
    assert "Not started" in text
    assert f'href="{page("project", empty)}#id_title"' in text
    assert f'href="{page("budget", empty)}#expenses"' in text
    assert f'href="{page("annexes", empty)}#annex-A2"' in text


def test_a_title_speaks_its_own_language_and_the_words_for_none_that_of_the_page(amina, draft):
    def titles():
        shown = [amina.get(address).text for address in (page("task_list", draft), page("mine"), "/en/dashboard/")]
        return [f'lang="fr">{escape(draft.shown_title)}' in text for text in shown]

    assert titles() == [True, True, True]
    type(draft).objects.filter(pk=draft.pk).update(title="")
    draft.refresh_from_db()

    assert titles() == [False, False, False]
    assert "Project without a title" in amina.get(page("mine")).text


def test_a_complete_draft_leads_to_its_submission(amina, draft):
    text = amina.get(page("task_list", draft)).text

    assert "Nothing is missing." in text
    assert f'href="{page("submit", draft)}"' in text
    assert "8 of 8 sections ready" in text


def test_what_is_wrong_is_told_apart_from_what_is_not_there_yet(amina, draft):
    answer(draft, "Q4", "word " * 300)
    answer(draft, "Q5", "")

    text = amina.get(page("task_list", draft)).text

    assert "To correct" in text
    assert "To complete" in text
    assert "Shorten to 200 words" in text


def test_the_last_writer_of_a_section_stands_beside_it(amina, bruno, draft):
    answer(draft, "Q9", "75", by=bruno.user)

    text = amina.get(page("task_list", draft)).text

    assert f"Last written by {bruno.user.name}" in text


def answer(application, code, text, by=None):
    question = Question.objects.get(section__call=application.call, code=code)
    by = by or factories.person("amina")
    save_answers(
        application_id=application.pk,
        by=by,
        answers={question: text},
        at=application.call.closes_at - timedelta(days=1),
    )


def test_chloe_sees_nothing_of_aminas_draft(chloe, draft):
    for address in pages_of(draft):
        response = chloe.get(address)
        assert response.status_code == 404, address
        assert draft.title not in response.text


def test_an_officer_does_not_read_a_draft_nor_the_applicants_pages_of_a_file(olga, draft):
    assert {olga.get(address).status_code for address in pages_of(draft)} == {404}


def test_a_visitor_is_asked_to_sign_in(visitor, draft):
    assert all("/account/" in visitor.get(address).url for address in pages_of(draft))


@pytest.mark.parametrize("reference", ["D-001%00", "d-001", "D-001'--", "A" * 200, "CALL-1-D-999"])
def test_a_reference_that_is_none_is_not_found(amina, reference):
    assert amina.get(f"/en/applications/{reference}/read/").status_code == 404


def test_somebody_who_left_the_organisation_sees_its_draft_no_more(bruno, draft):
    Membership.objects.filter(user=bruno.user).delete()

    assert bruno.get(page("task_list", draft)).status_code == 404


@pytest.mark.parametrize("state", ["empty", "full"])
def test_every_page_of_a_draft_opens_within_twelve_queries(amina, open_call, state, django_assert_max_num_queries):
    application = factories.empty_draft(open_call) if state == "empty" else factories.full_draft(open_call)
    amina.get(page("task_list", application))  # the frozen form of the call is read once for the process

    for address in pages_of(application):
        with django_assert_max_num_queries(12):
            assert amina.get(address).status_code in (200, 302), address


def test_the_pages_of_a_submitted_application_open_within_twelve_queries(
    amina, open_call, django_assert_max_num_queries
):
    application = factories.submitted(open_call)
    answer(application, "Q9", "80")
    amina.get(page("task_list", application))

    for address in pages_of(application):
        with django_assert_max_num_queries(12):
            assert amina.get(address).status_code == 200, address


def test_the_project_keeps_what_can_be_kept_and_shows_back_the_rest(amina, draft):
    form = project_form(draft) | {"title": "Another title", "starts_on": "31/02/2027"}

    response = amina.post(page("project", draft), form)

    assert response.status_code == 422
    assert "Write a date, for example 31/12/2027." in response.text
    assert factories.fetch(draft).title == "Another title"
    assert factories.fetch(draft).starts_on == draft.starts_on


def test_what_is_kept_is_not_called_unsaved_when_the_page_is_opened_again(amina, draft):
    amina.post(page("project", draft), {"duration": "99", "title": "Un titre", "language": "fr"})
    shown = amina.get(page("project", draft)).text

    assert 'value="99"' in shown
    assert "gp-stamp" in shown
    assert "gp-stamp--wait" not in shown


def test_a_duration_outside_the_call_is_kept_with_the_sentence_beside_it(amina, draft):
    response = amina.post(page("project", draft), project_form(draft) | {"duration": "60"}, follow=True)

    assert factories.fetch(draft).duration == 60
    assert "Choose a duration from 6 to 24 months." in response.text


@pytest.mark.parametrize("typed", ["-1", "0", "99999999999", "douze", "12.5", "1e2"])
def test_a_duration_that_is_no_number_of_months_is_shown_back(amina, draft, typed):
    response = amina.post(page("project", draft), project_form(draft) | {"duration": typed})

    assert response.status_code == 422
    assert f'value="{typed}"' in response.text
    assert factories.fetch(draft).duration == draft.duration


def test_an_empty_project_form_empties_the_draft_and_refuses_nothing(amina, draft):
    amina.post(page("project", draft), {"language": "fr"})

    emptied = factories.fetch(draft)
    assert (emptied.title, emptied.track, emptied.duration, emptied.goals.count()) == ("", None, None, 0)
    assert emptied.state == State.DRAFT


def test_fields_that_the_form_does_not_have_change_nothing(amina, draft):
    other = factories.files.organisation_of(factories.story("D-002"))
    forged = {"state": State.AWARDED, "organisation": other.pk, "reference": "X", "ordinal": 9}

    amina.post(page("project", draft), project_form(draft) | forged)

    kept = factories.fetch(draft)
    assert (kept.state, kept.organisation, kept.reference) == (State.DRAFT, draft.organisation, draft.reference)


def project_form(application):
    return {
        "language": application.language,
        "title": application.title,
        "summary": application.summary,
        "track": application.track_id,
        "lot": application.lot_id,
        "place": application.place,
        "partner_name": application.partner_name,
        "starts_on": application.starts_on.isoformat(),
        "duration": application.duration,
        "goals": [goal.pk for goal in application.goals.all()],
        "sector": application.sector_id,
    }
