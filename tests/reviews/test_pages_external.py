"""The pages of the external steps: what is awaited and of whom, the transmission, the answer with its scan."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from reviews.choices import ProposalState
from tests import factories
from tests.files.samples import pdf
from tests.reviews import chains
from tests.reviews.pages import page

pytestmark = pytest.mark.django_db
HOME = "/en/dashboard/"


def answer(**told):
    given = {
        "place": 1,
        "opinion": "favourable",
        "given_on": timezone.localdate().isoformat(),
        "reference": "IF-2027/0123",
        "signatory": "I. Exemple",
        "scan": SimpleUploadedFile("avis.pdf", pdf(), content_type="application/pdf"),
        **told,
    }
    return {name: value for name, value in given.items() if value is not None}


def test_the_head_reads_before_approving_which_steps_follow_and_then_transmits(helene, olga, closed_call):
    proposal = factories.frozen(closed_call, "D-001")
    chains.set_up(closed_call.unit)
    reference = closed_call.reference
    assert (
        "Opinion of the Inspector of Finance, Approval of the Government."
        in helene.get(page("approve", reference)).text
    )
    helene.post(page("approve", reference), {"sha256": proposal.sha256})
    assert page("transmit", reference) in helene.get(page("board", reference)).text
    assert "Lists to transmit" in helene.get(HOME).text
    assert page("transmit", reference) not in olga.get(page("board", reference)).text

    day = timezone.localdate().isoformat()
    assert helene.post(page("transmit", reference), {"on": day, "to": ""}).status_code == 422
    refused = helene.post(page("transmit", reference), {"on": "2020-01-01", "to": "Exemple"})
    assert (refused.status_code, "or a later day" in refused.text) == (409, True)
    sent = helene.post(page("transmit", reference), {"on": day, "to": "Inspection Exemple"}, follow=True)

    assert "Transmitted to Inspection Exemple" in sent.text
    assert "Lists to transmit" not in helene.get(HOME).text
    assert factories.fetch(proposal).state == ProposalState.TRANSMITTED


def test_an_officer_records_the_answer_and_whoever_reads_the_list_reads_its_scan(
    pieter, helene, axel, olga, closed_call
):
    proposal = chains.transmitted(closed_call, "D-001")
    form = page("record_step", closed_call.reference)
    assert "Opinion of the Inspector of Finance" in pieter.get(HOME).text
    assert "External steps awaited" not in helene.get(HOME).text
    assert helene.get(form).status_code == 403
    assert form not in helene.get(page("board", closed_call.reference)).text

    assert "<h1>Opinion of the Inspector of Finance</h1>" in pieter.get(form).text
    shown = pieter.post(form, answer(), follow=True).text

    assert "Favourable" in shown
    assert "IF-2027/0123, I. Exemple" in shown
    scan = page("step_scan", closed_call.reference, proposal.number, 1)
    assert scan in shown
    for person in (axel, olga, helene):
        assert b"".join(person.get(scan).streaming_content) == pdf()
    assert pieter.get(page("step_scan", closed_call.reference, proposal.number, 2)).status_code == 404
    assert "<h1>Approval of the Government</h1>" in pieter.get(form).text


def test_nothing_typed_or_sent_is_lost_when_the_answer_is_refused(pieter, closed_call):
    chains.transmitted(closed_call, "D-001")
    form = page("record_step", closed_call.reference)
    lacking = pieter.post(form, answer(scan=None))
    assert (lacking.status_code, "Choose the scan of the signed act." in lacking.text) == (422, True)
    text = pieter.post(form, answer(scan=SimpleUploadedFile("avis.pdf", b"no pdf", content_type="application/pdf")))
    assert text.status_code == 422

    refused = pieter.post(form, answer(opinion="unfavourable"))

    assert refused.status_code == 409
    assert "Write the reason of the unfavourable opinion." in refused.text
    assert "IF-2027/0123" in refused.text
    assert "avis.pdf" in refused.text
    kept = answer(opinion="unfavourable", reason="Les crédits manquent.", scan=None, kept=refused.context["kept"])
    shown = pieter.post(form, kept, follow=True).text
    assert "was returned" in shown
    assert "Les crédits manquent." in shown
    assert "Signed act (PDF)" in shown


def test_the_next_step_is_not_recorded_by_a_second_click(pieter, closed_call):
    proposal = chains.transmitted(closed_call, "D-001")
    form = page("record_step", closed_call.reference)
    pieter.post(form, answer())

    again = pieter.post(form, answer())

    assert (again.status_code, "already recorded" in again.text) == (409, True)
    assert [step.opinion for step in proposal.steps.all()] == ["favourable", ""]


def test_a_list_half_way_asks_the_database_at_most_twelve_times(pieter, closed_call, django_assert_max_num_queries):
    chains.record(chains.transmitted(closed_call, "D-001", "D-002", "D-004"))
    address = page("board", closed_call.reference)
    pieter.get(address)

    with django_assert_max_num_queries(12):
        pieter.get(address)
