"""What the portal says after signing in, signing out and changing a password: once, in the language of the page."""

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.demo.people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "a-new-pass-phrase-2027"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fr", "Session ouverte\xa0: {}."), ("nl", "U bent aangemeld als {}."), ("en", "You are signed in as {}.")],
)
def test_whoever_signs_in_reads_as_whom(language, sentence):
    typed = {"login": "amina@example.org", "password": PASSWORD}
    shown = Client().post(f"/{language}/account/login/", typed, follow=True).text

    assert shown.count(sentence.format(User.objects.get(email="amina@example.org").name)) == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fr", "Votre session est fermée."), ("nl", "U bent afgemeld."), ("en", "You are signed out.")],
)
def test_whoever_signs_out_reads_so(amina, language, sentence):
    assert amina.post(f"/{language}/account/logout/", follow=True).text.count(sentence) == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Votre mot de passe est modifié."),
        ("nl", "Uw wachtwoord is gewijzigd."),
        ("en", "Your password is changed."),
    ],
)
def test_whoever_changes_the_password_reads_so(amina, language, sentence):
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    assert amina.post(f"/{language}/account/password/change/", typed, follow=True).text.count(sentence) == 1
