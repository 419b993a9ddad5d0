"""A forgotten password: one mail in the person's language, a link that works once and for an hour, and no hint."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db

ASK = "/en/account/password/reset/"
NEW = "a-new-pass-phrase-2027"
NOW = datetime(2027, 3, 12, 15, 8, tzinfo=UTC)


def ask(address="amina@example.org", **headers):
    return Client(**headers).post(ASK, {"email": address})


def link():
    """The path that the newest mail leads to."""
    text = OutgoingMail.objects.latest("pk").text_body
    return re.search(r"http://testserver(/\S+)", text)[1]


def choose(client, path, password=NEW):
    """Open the link and choose a password there, as a browser would."""
    page = client.get(path, follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def signs_in(password):
    answer = Client().post("/en/account/login/", {"login": "amina@example.org", "password": password})
    return answer.status_code == 302


def test_a_known_address_gets_one_mail():
    ask()

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.template) == ("amina@example.org", "accounts/password_reset")


def test_an_address_is_known_however_it_is_spelt():
    ask("Amina@Example.ORG")

    assert OutgoingMail.objects.get().to == "amina@example.org"


def test_an_unknown_address_gets_no_mail():
    ask("nobody@example.org")

    assert not OutgoingMail.objects.exists()


def test_an_account_that_was_switched_off_gets_no_mail():
    User.objects.filter(email="amina@example.org").update(is_active=False)
    ask()

    assert not OutgoingMail.objects.exists()


def test_a_known_and_an_unknown_address_meet_the_same_answer():
    for _attempt in range(4):
        known, unknown = ask(), ask("nobody@example.org")

        assert known.status_code == unknown.status_code
        assert known.headers.get("Location") == unknown.headers.get("Location")
        assert known.text == unknown.text


def test_too_many_requests_are_refused_with_a_page():
    for _attempt in range(3):
        ask("nobody@example.org")

    refused = ask("nobody@example.org")
    assert refused.status_code == 429
    assert "Wait a while, then try again." in refused.text


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr", "Choisissez un nouveau mot de passe pour le portail"),
        ("nl", "Kies een nieuw wachtwoord voor het portaal"),
    ],
)
def test_the_mail_speaks_the_language_of_the_person(language, subject):
    User.objects.filter(email="amina@example.org").update(language=language)
    ask()

    assert OutgoingMail.objects.get().subject == subject
    assert link().startswith(f"/{language}/account/password/reset/key/")


def test_the_link_leads_to_a_new_password():
    ask()
    choose(Client(), link())

    assert signs_in(NEW)
    assert not signs_in("convoca-demo-2027")


def test_a_link_that_was_used_is_refused_with_a_sentence():
    ask()
    path = link()
    choose(Client(), path)

    refused = Client().get(path.replace("/fr/", "/en/"))
    assert "This link no longer works" in refused.text
    assert "It has been used already, or it is too old. Ask for a new one." in refused.text
    assert "<form method" not in refused.text.partition("<main")[2]


def test_a_link_that_was_used_does_not_choose_again():
    ask()
    path = link()
    choose(Client(), path)
    choose(Client(), path, password="another-pass-phrase-2027")

    assert signs_in(NEW)


@pytest.mark.parametrize(("later", "works"), [(timedelta(minutes=59), True), (timedelta(minutes=61), False)])
def test_the_link_works_for_an_hour(at, later, works):
    at(NOW)
    ask()
    at(NOW + later)
    choose(Client(), link())

    assert signs_in(NEW) is works


def test_a_forged_host_is_refused_and_nothing_is_mailed():
    assert ask(headers={"host": "evil.example"}).status_code == 400
    assert not OutgoingMail.objects.exists()


def test_the_link_never_follows_the_host_of_the_request():
    ask(headers={"host": "localhost"})

    assert "http://localhost" not in OutgoingMail.objects.get().text_body
    assert link()


def test_a_password_chosen_by_the_link_ends_every_session(amina):
    ask()
    assert amina.get("/en/applications/").status_code == 200
    choose(Client(), link())

    assert amina.get("/en/applications/").status_code == 302


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(amina):
    elsewhere = Client()
    elsewhere.force_login(amina.user)
    given = {"oldpassword": "convoca-demo-2027", "password1": NEW, "password2": NEW}
    amina.post("/en/account/password/change/", given)

    assert elsewhere.get("/en/applications/").status_code == 302
    assert amina.get("/en/applications/").status_code == 200
