"""Sections of the form: everything typed is kept, one answer saves itself, questions appear after their condition."""

from datetime import timedelta

import pytest

from applications.models import Answer
from calls.models import Choice, Question
from tests import factories
from tests.applications.addresses import HTMX, page

pytestmark = pytest.mark.django_db


def kept(application, code):
    found = Answer.objects.filter(application=application, question__code=code).first()
    return found.text if found else ""


def test_a_section_shows_its_questions_in_the_language_of_the_page(amina, draft):
    assert "Wat doet uw lokale partner in het project?" in amina.get(page("section", draft, "S1", language="nl")).text


def test_a_whole_section_is_saved_by_an_ordinary_button(bruno, draft):
    form = {"Q1": "yes", "Q2": "no", "Q3": "no", "Q4": "Notre partenaire décide."}

    response = bruno.post(page("section", draft, "S1"), form)

    assert response.url == page("section", draft, "S2")
    assert {code: kept(draft, code) for code in form} == form
    assert Answer.objects.get(application=draft, question__code="Q4").saved_by == bruno.user


def test_an_answer_with_too_many_words_is_kept_and_says_so_beside_the_field(amina, draft):
    long = ("mot " * 201).strip()

    response = amina.post(page("section", draft, "S1"), {"Q1": "no", "Q2": "no", "Q3": "no", "Q4": long}, follow=True)

    assert kept(draft, "Q4") == long
    assert "Saved, but too long: 201 words. Bring it down to 200." in response.text
    assert "201 of at most 200 words" in response.text


def test_a_megabyte_of_text_is_shown_back_and_not_kept(amina, draft):
    response = amina.post(page("section", draft, "S1"), {"Q4": "mot " * 250_000})

    assert response.status_code == 422
    assert "it has more than 50000 characters" in response.text
    assert "mot mot mot" in response.text
    assert "mot mot" not in kept(draft, "Q4")


@pytest.mark.parametrize(
    ("typed", "saved", "has_trouble"),
    [
        ("1200", "1200", False),
        ("1 200", "1200", False),
        ("1\u202f200", "1200", False),
        ("1.200", "1.200", True),
        ("-3", "-3", True),
        ("une centaine", "une centaine", True),
        ("٣٤", "٣٤", True),
        ("1e5", "1e5", True),
        ("9" * 60, "9" * 60, True),
    ],
)
def test_a_number_is_kept_as_typed_and_questioned_unless_it_is_whole(amina, draft, typed, saved, has_trouble):
    response = amina.post(page("answer", draft, "Q9"), {"Q9": typed}, **HTMX)

    assert kept(draft, "Q9") == saved
    assert ("Write a whole number in figures" in response.text) is has_trouble


def test_a_number_that_is_none_stands_in_the_way_of_submission(amina, draft):
    amina.post(page("answer", draft, "Q9"), {"Q9": "une centaine"}, **HTMX)

    assert "Write a whole number: How many people" in amina.get(page("submit", draft)).text


@pytest.mark.parametrize(("code", "typed"), [("Q1", "maybe"), ("Q6", "<script>"), ("Q4", "a\x00b")])
def test_what_was_not_offered_or_cannot_be_kept_is_refused_and_the_answer_stays(amina, draft, code, typed):
    before = kept(draft, code)

    response = amina.post(page("answer", draft, code), {code: typed}, **HTMX)

    assert response.status_code == 422
    assert "gp-stamp--wait" in response.text
    assert kept(draft, code) == before


def test_markup_in_an_answer_is_shown_letter_by_letter(amina, draft):
    typed = "<script>alert(1)</script>{{ 7*7 }}"

    amina.post(page("answer", draft, "Q4"), {"Q4": typed}, **HTMX)

    for address in (page("section", draft, "S1"), page("read", draft)):
        text = amina.get(address).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text


def test_one_field_saves_itself_and_gets_the_stamp_with_the_time(amina, draft, at):
    at(draft.call.closes_at - timedelta(days=1))
    amina.force_login(amina.user)

    response = amina.post(page("answer", draft, "Q4"), {"Q4": "Un texte neuf."}, **HTMX)

    assert response.status_code == 200
    assert kept(draft, "Q4") == "Un texte neuf."
    assert kept(draft, "Q9") == "60"
    assert "Saved at" in response.text
    assert 'hx-swap-oob="true"' in response.text
    assert "3 of at most 200 words" in response.text


def test_each_field_knows_where_to_save_itself(amina, draft):
    text = amina.get(page("section", draft, "S1")).text

    assert f'hx-post="{page("answer", draft, "Q4")}"' in text
    assert 'hx-params="csrfmiddlewaretoken,Q4"' in text


def test_a_question_appears_once_its_condition_is_saved_and_goes_with_it(amina, draft):
    closed = amina.post(page("answer", draft, "Q14"), {"Q14": "no"}, **HTMX).text
    assert '<div id="question-Q15" hx-swap-oob="true"></div>' in squeezed(closed)
    assert 'id="id_Q15"' not in amina.get(page("section", draft, "S5")).text

    opened = amina.post(page("answer", draft, "Q14"), {"Q14": "yes"}, **HTMX).text
    assert 'id="id_Q15"' in opened
    assert "une fondation privée" in opened.lower()


def squeezed(html):
    return " ".join(html.split()).replace("> <", "><")


def test_without_javascript_the_question_appears_after_saving_and_the_page_stays(amina, draft):
    amina.post(page("section", draft, "S5"), {"Q14": "no"})
    assert 'id="id_Q15"' not in amina.get(page("section", draft, "S5")).text

    response = amina.post(page("section", draft, "S5"), {"Q14": "yes"}, follow=True)

    assert response.redirect_chain[-1][0] == page("section", draft, "S5")
    assert "Your answers open a further question on this page." in response.text
    assert 'id="id_Q15"' in response.text


def test_an_answer_that_is_not_asked_any_more_is_kept_for_its_return(amina, draft):
    before = kept(draft, "Q15")

    amina.post(page("section", draft, "S5"), {"Q14": "no", "Q15": before})

    assert kept(draft, "Q15") == before != ""


def test_a_question_that_was_not_on_the_page_that_was_sent_is_left_alone(amina, draft):
    before = kept(draft, "Q4")

    amina.post(page("section", draft, "S1"), {"Q1": "yes"})

    assert (kept(draft, "Q1"), kept(draft, "Q4")) == ("yes", before)


def test_somebody_signed_out_is_told_that_nothing_was_saved(visitor, draft):
    response = visitor.post(page("answer", draft, "Q4"), {"Q4": "perdu ?"}, **HTMX)

    assert response.status_code == 422
    assert "Signed out: not saved" in response.text
    assert kept(draft, "Q4") != "perdu ?"


@pytest.mark.parametrize("code", ["Q999", "x"])
def test_a_question_or_section_that_the_call_does_not_have_is_not_found(amina, draft, code):
    assert amina.post(page("answer", draft, code), {code: "x"}).status_code == 404
    assert amina.get(page("section", draft, code)).status_code == 404


def test_an_answer_is_not_saved_by_reading_an_address(amina, draft):
    assert amina.get(page("answer", draft, "Q4")).status_code == 405


def test_the_colleagues_of_another_organisation_write_nothing_here(chloe, draft):
    before = kept(draft, "Q4")

    assert chloe.post(page("answer", draft, "Q4"), {"Q4": "intrus"}).status_code == 404
    assert chloe.post(page("section", draft, "S1"), {"Q4": "intrus"}).status_code == 404
    assert kept(draft, "Q4") == before


def test_at_the_deadline_a_section_is_refused_and_what_was_typed_stays_on_the_page(amina, draft, at):
    at(draft.call.closes_at)
    amina.force_login(amina.user)

    response = amina.post(page("section", draft, "S1"), {"Q4": "Trop tard mais pas perdu"})

    assert response.status_code == 409
    assert "Your draft is kept." in response.text
    assert "Trop tard mais pas perdu" in response.text
    assert kept(draft, "Q4") != "Trop tard mais pas perdu"


def test_at_the_deadline_one_field_is_refused_beside_the_field(amina, draft, at):
    at(draft.call.closes_at)
    amina.force_login(amina.user)

    in_place = amina.post(page("answer", draft, "Q4"), {"Q4": "Trop tard"}, **HTMX)
    alone = amina.post(page("answer", draft, "Q4"), {"Q4": "Trop tard"})

    assert (in_place.status_code, alone.status_code) == (422, 409)
    assert "The deadline was" in in_place.text
    assert kept(draft, "Q4") != "Trop tard"


def test_once_the_call_is_closed_a_section_leads_to_reading(amina, closed_call):
    late = factories.full_draft(closed_call)

    response = amina.get(page("section", late, "S1"), follow=True)

    assert response.redirect_chain[-1][0] == page("read", late)
    assert "You can still read it." in response.text


def test_a_choice_with_many_answers_becomes_a_list(amina):
    call = factories.draft_call()
    question = Question.objects.get(section__call=call, code="Q6")
    for number in range(8):
        words = {"label_fr": f"Plus {number}", "label_nl": f"Meer {number}"}
        Choice.objects.create(question=question, code=f"more-{number}", position=20 + number, **words)
    draft = factories.empty_draft(factories.calls.publish(call))

    assert '<select name="Q6"' in amina.get(page("section", draft, "S2")).text


def test_two_colleagues_save_two_fields_and_both_stand(amina, bruno, draft):
    amina.post(page("answer", draft, "Q4"), {"Q4": "De Amina"}, **HTMX)
    bruno.post(page("answer", draft, "Q5"), {"Q5": "De Bruno"}, **HTMX)

    assert (kept(draft, "Q4"), kept(draft, "Q5")) == ("De Amina", "De Bruno")


@pytest.mark.parametrize("name", ["project", "budget"])
def test_a_page_that_saves_itself_is_told_that_nobody_is_signed_in(visitor, draft, name):
    response = visitor.post(page(name, draft), {"title": "perdu ?"}, **HTMX)

    assert response.status_code == 422
    assert "Signed out: not saved" in response.text


def test_without_javascript_somebody_signed_out_is_asked_to_sign_in(visitor, draft):
    assert "/account/login/" in visitor.post(page("answer", draft, "Q4"), {"Q4": "x"}).url
    assert visitor.get(page("submitted", draft), **HTMX).status_code == 401
