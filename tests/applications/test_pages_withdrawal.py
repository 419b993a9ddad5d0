"""The page on which an application is withdrawn, and what the applicant reads afterwards."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from applications.choices import State
from calls.models import Envelope
from tests import factories

pytestmark = pytest.mark.django_db


def own(name, application):
    with override("en"):
        return reverse(f"applications:{name}", args=[application.reference])


@pytest.fixture
def sent(open_call):
    return factories.submitted(open_call, "D-001", at=timezone.now())


def test_amina_withdraws_with_a_reason_and_reads_when(amina, sent):
    assert own("withdraw", sent) in amina.get(own("task_list", sent)).text
    assert "This cannot be undone." in amina.get(own("withdraw", sent)).text

    response = amina.post(own("withdraw", sent), {"reason": "Le partenaire s’est retiré."}, follow=True)

    assert "Withdrawn by you on" in response.text
    assert own("withdraw", sent) not in response.text
    assert factories.fetch(sent).state == State.WITHDRAWN


def test_whoever_is_on_the_reserve_list_reads_that_the_decision_stays(amina, closed_call):
    Envelope.objects.filter(call=closed_call).update(ceiling=Decimal(1000))
    factories.notified(closed_call, "D-001")
    file = closed_call.applications.get()
    assert file.state == State.ON_RESERVE
    shown = amina.get(own("withdraw", file)).text

    assert "leaves the reserve list" in shown
    assert "The decision that you received stays as it is." in shown
    assert "No decision about it will be notified" not in shown
    assert "you may start another application" not in shown


def test_without_a_reason_nothing_happens(amina, sent):
    response = amina.post(own("withdraw", sent), {"reason": " "})

    assert response.status_code == 422
    assert "Write why you withdraw the application." in response.text
    assert factories.fetch(sent).state == State.SUBMITTED


def test_a_colleague_is_not_offered_the_withdrawal(bruno, sent):
    assert own("withdraw", sent) not in bruno.get(own("task_list", sent)).text
    assert bruno.get(own("withdraw", sent)).status_code == 403


def test_after_the_decision_the_page_says_that_it_is_too_late(amina, closed_call):
    factories.notified(closed_call, "D-001")
    awarded = closed_call.applications.get()

    response = amina.post(own("withdraw", awarded), {"reason": "Trop tard"})

    assert response.status_code == 409
    assert "can no longer be withdrawn" in response.text
    assert "Trop tard" not in amina.get(own("withdraw", awarded)).text


def test_olga_reads_the_reason_on_the_file(olga, closed_call):
    from applications.services import withdraw_application

    (file,) = factories.unsealed(closed_call, "D-001")
    withdraw_application(application_id=file.pk, by=factories.person("amina"), reason="Le partenaire s’est retiré.")

    with override("en"):
        text = olga.get(reverse("reviews:file", args=[file.reference])).text
        listed = olga.get(reverse("reviews:work_list")).text

    assert "Le partenaire s’est retiré." in text
    assert file.short_reference not in listed
