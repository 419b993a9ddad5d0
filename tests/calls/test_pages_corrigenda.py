"""The pages on which a published call is corrected or gets a later deadline, and what everyone reads of it."""

from datetime import datetime, timedelta

import pytest

from calls.choices import CorrigendumState
from calls.models import Call, Corrigendum
from portal.core.dates import BRUSSELS
from tests import factories
from tests.calls.corrigenda import NEW, REASON, propose, summary

pytestmark = pytest.mark.django_db


def desk(call, *parts):
    return "/".join(["/en/desk/calls", call.reference, *map(str, parts), ""])


def test_officer_and_head_correct_a_text_and_everyone_reads_before_and_after(olga, helene, visitor, open_call):
    address = f"{desk(open_call, 'corrigenda', 'new')}?text={summary(open_call)}"
    assert open_call.summary_nl in olga.get(address).text
    typed = {"text_fr": NEW["fr"], "text_nl": NEW["nl"], "text_en": open_call.summary_en}
    olga.post(address, {**typed, "reason_fr": REASON["fr"], "reason_nl": REASON["nl"]})

    proposed = Corrigendum.objects.get()
    page = desk(open_call, "corrigenda", proposed.pk)
    assert page in helene.get(desk(open_call)).text
    assert NEW["fr"] not in visitor.get(f"/fr/calls/{open_call.reference}/").text
    assert "Issue the corrigendum" in helene.get(page).text
    assert "Issue the corrigendum" not in olga.get(page).text
    helene.post(page)

    for language in ("fr", "nl"):
        shown = visitor.get(f"/{language}/calls/{open_call.reference}/").text
        assert NEW[language] in shown
        assert getattr(open_call, f"summary_{language}") in shown
        assert REASON[language] in shown


def test_a_refused_correction_keeps_what_was_typed(olga, open_call):
    address = f"{desk(open_call, 'corrigenda', 'new')}?text={summary(open_call)}"
    typed = {"text_fr": "Nouveau.", "text_nl": "", "text_en": "", "reason_fr": "Oui.", "reason_nl": "Ja."}
    answer = olga.post(address, typed)

    assert answer.status_code == 422
    assert 'href="#id_text_nl"' in answer.text
    assert "Nouveau." in answer.text
    assert not Corrigendum.objects.exists()


def test_a_refusal_of_the_service_is_said_on_the_form(olga, open_call):
    address = f"{desk(open_call, 'corrigenda', 'new')}?text={summary(open_call)}"
    same = {f"text_{language}": getattr(open_call, f"summary_{language}") for language in ("fr", "nl", "en")}
    answer = olga.post(address, {**same, "reason_fr": "Oui, vraiment.", "reason_nl": "Ja."})

    assert answer.status_code == 409
    assert "Change at least one word" in answer.text
    assert "Oui, vraiment." in answer.text


def test_a_frozen_text_is_not_offered(olga, open_call):
    factories.submitted(open_call)
    answer = olga.get(f"{desk(open_call, 'corrigenda', 'new')}?text=criterion:C3:guidance")

    assert "the criteria can no longer change" in answer.text
    assert 'value="criterion:' not in answer.text
    assert 'name="text_fr"' not in answer.text


def test_the_head_does_not_issue_and_the_call_stays(helene, visitor, open_call):
    proposed = propose(open_call)
    helene.post(desk(open_call, "corrigenda", proposed.pk, "discard"))

    assert factories.fetch(proposed).state == CorrigendumState.DISCARDED
    assert NEW["fr"] not in visitor.get(f"/fr/calls/{open_call.reference}/").text


def test_the_head_extends_in_brussels_time(helene, visitor, open_call):
    local = (open_call.closes_at + timedelta(days=9)).astimezone(BRUSSELS)
    typed = {"day": f"{local:%Y-%m-%d}", "time": "12:00", "reason_fr": REASON["fr"], "reason_nl": REASON["nl"]}
    helene.post(desk(open_call, "extend-deadline"), typed)

    expected = datetime.combine(local.date(), datetime.min.time().replace(hour=12), tzinfo=BRUSSELS)
    assert factories.fetch(open_call).closes_at == expected
    assert REASON["nl"] in visitor.get(f"/nl/calls/{open_call.reference}/").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "", "time": ""}, "Choose the new day."),
        ({"day": "2027-03-28", "time": "02:30"}, "does not exist in Brussels"),
        ({"day": "2027-10-31", "time": "02:30"}, "comes twice in Brussels"),
        ({"day": "2020-01-01", "time": "12:00"}, "Choose a moment after the present deadline"),
        ({"day": "31 mars", "time": "midi"}, "Write the day as 2027-03-31."),
    ],
)
def test_a_moment_that_is_none_is_refused_in_a_sentence(helene, open_call, typed, words):
    answer = helene.post(desk(open_call, "extend-deadline"), {**typed, "reason_fr": "Oui.", "reason_nl": "Ja."})

    assert words in answer.text
    assert not Corrigendum.objects.exists()


def test_a_corrigendum_of_another_call_is_not_found(helene, open_call):
    proposed = propose(open_call)
    other = factories.open_call("CALL-2")

    assert helene.get(desk(other, "corrigenda", proposed.pk)).status_code == 404


def test_an_auditor_reads_a_corrigendum_and_settles_none(axel, open_call):
    page = desk(open_call, "corrigenda", propose(open_call).pk)

    assert NEW["fr"] in axel.get(page).text
    assert "Issue the corrigendum" not in axel.get(page).text
    assert axel.post(page).status_code == 403
    assert Call.objects.get(pk=open_call.pk).summary_fr == open_call.summary_fr
