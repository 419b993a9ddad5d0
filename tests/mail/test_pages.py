"""The pages of the mail log: a person's own mails, the mandate's for the auditor, no text for the administrator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from portal.mail.models import OutgoingMail
from portal.mail.services import post
from tests import factories
from tests.mail import messages


def log(query: str = "") -> str:
    with override("en"):
        return reverse("mail:log") + query


def page(mail) -> str:
    with override("en"):
        return reverse("mail:mail", args=[mail.pk])


@pytest.fixture
def hers(amina, open_call):
    """A mail to Amina about a call."""
    return post(messages.receipt(to=[amina.user.email], call_reference=open_call.reference))[0]


@pytest.mark.parametrize(("person", "address"), [("amina", "/en/applications/"), ("olga", "/en/desk/files/")])
def test_a_mail_leads_to_the_file_that_it_is_about_where_its_reader_finds_it(request, closed_call, person, address):
    client, (file,) = request.getfixturevalue(person), factories.unsealed(closed_call, "D-001")
    mail = OutgoingMail.objects.get(about=file.audit_name, to="amina@example.org")

    assert f'<a class="gp-ref" href="{address}{file.reference}/">{file.reference}</a>' in client.get(page(mail)).text


def test_the_administrator_reads_the_code_of_the_file_that_a_mail_is_about(adam, closed_call):
    (file,) = factories.unsealed(closed_call, "D-001")
    mail = OutgoingMail.objects.get(about=file.audit_name, to="amina@example.org")

    assert file.reference not in adam.get(page(mail)).text.replace(mail.subject, "")
    assert file.audit_name in adam.get(page(mail)).text


def test_a_person_reads_her_own_mail_as_it_was_written(amina, hers):
    assert hers.subject in amina.get(log()).text

    response = amina.get(page(hers))
    assert "SUD2027-D-002-R1" in response.text
    assert "<script>alert(1)" not in response.text


@pytest.mark.parametrize("person", ["bruno", "chloe", "rachid"])
def test_a_mail_to_somebody_else_does_not_exist(request, hers, person):
    client = request.getfixturevalue(person)

    assert hers.subject not in client.get(log()).text
    assert client.get(page(hers)).status_code == 404


def test_the_administrator_sees_that_a_mail_left_and_not_what_it_says(adam, hers):
    assert hers.subject in adam.get(log()).text

    response = adam.get(page(hers))
    assert response.status_code == 200
    assert "SUD2027-D-002-R1" not in response.text


def test_a_visitor_is_asked_to_sign_in(visitor, hers):
    assert visitor.get(log()).status_code == 302
    assert visitor.get(page(hers)).status_code == 302


def test_a_mail_that_is_not_sent_yet_says_so(amina, hers):
    assert "Not yet. The portal tries again by itself." in amina.get(page(hers)).text


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_a_number_that_names_no_mail_is_not_found(amina, number):
    assert amina.get(f"{log()}{number}/").status_code == 404


def test_an_empty_log_says_what_will_be_there(chloe):
    assert "No mail yet." in chloe.get(log()).text


def test_the_log_asks_the_database_the_same_number_of_times(amina):
    counts = []
    for number in range(3):
        post(messages.receipt(key=f"k{number}", to=[amina.user.email]))
        with CaptureQueriesContext(connection) as asked:
            amina.get(log())
        counts.append(len(asked))

    assert counts[0] == counts[2]
    assert counts[0] <= 12
