"""Sign-in pages: pasting is welcome, and a password manager knows which field is which."""

import re
from typing import Any

import pytest
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override


def page(name: str, language: str = "fr", **values: Any) -> str:
    request = RequestFactory().get(f"/{language}/account/")
    request.user = AnonymousUser()
    with override(language):
        return render_to_string(f"account/{name}.html", values, request=request)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_sign_in_takes_the_address_and_the_password_of_a_manager(language: str) -> None:
    html = page("login", language, form=LoginForm())
    assert re.findall(r'autocomplete="([\w-]+)"', html) == ["username", "current-password"]
    assert "onpaste" not in html and "placeholder" not in html
    assert f"/{language}/account/password/reset/" in html


def test_a_refused_sign_in_lists_its_errors_at_the_top() -> None:
    form = LoginForm({"login": "", "password": ""})
    assert not form.is_valid()
    html = page("login", form=form)
    assert html.index("gp-errors") < html.index("<h1>")
    assert 'href="#id_login"' in html and 'href="#id_password"' in html
    assert re.search(r"<title>\S+\s*: Se connecter", html)


def test_changing_a_password_asks_for_both() -> None:
    html = page("password_change", form=ChangePasswordForm())
    assert re.findall(r'type="password"[^>]*autocomplete="([\w-]+)"|autocomplete="([\w-]+)"[^>]*type="password"', html)
    assert html.count("new-password") == 2 and html.count("current-password") == 1


def test_a_forgotten_password_asks_for_the_address_alone() -> None:
    html = page("password_reset", form=ResetPasswordForm())
    assert html.count('class="form-control"') == 1


def test_a_used_link_offers_a_new_one() -> None:
    html = page("password_reset_from_key", token_fail=True)
    assert "/account/password/reset/" in html and "<form" not in html


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize(
    "name",
    ["logout", "password_reset_done", "password_reset_from_key_done", "signup_closed", "account_inactive"],
)
def test_every_other_page_of_signing_in_has_one_heading(name: str, language: str) -> None:
    assert page(name, language).count("<h1>") == 1


@pytest.mark.django_db
def test_failed_sign_ins_are_counted_where_every_web_process_counts(client: Any) -> None:
    for _attempt in range(6):
        answer = client.post("/fr/account/login/", {"login": "amina@example.org", "password": "wrong"})
    assert answer.status_code in {200, 429}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] > 0
    right = client.post("/fr/account/login/", {"login": "amina@example.org", "password": "convoca-demo-2027"})
    assert right.status_code != 302
