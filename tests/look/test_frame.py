"""The frame of every page: languages, menu, account, and pages that are made while nothing else works."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils.translation import override

from portal.accounts.models import User
from portal.core import navigation, views
from portal.core.exceptions import Problem
from portal.core.templatetags.look import initials, language_links

SIGNED_IN = User(name="Amina Exemple", email="amina@example.org")
# What the menu asks of a person is known beforehand: these tests have no database.
SIGNED_IN.__dict__ |= {"appointments_now": [], "mandates_ever": [], "memberships_now": {}}


def visit(path: str, user: Any = None) -> HttpRequest:
    """A request for `path` by a visitor, or by `user`."""
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return request


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """A menu of its own, so that the entries of the apps do not stand in the way."""
    monkeypatch.setattr(navigation, "_entries", {})


def test_each_language_leads_to_the_same_page() -> None:
    with override("nl"):
        links = language_links(Context({"request": visit("/nl/privacy/?from=foot")}))
    assert [(link.code, link.url, link.is_current) for link in links] == [
        ("fr", "/fr/privacy/?from=foot", False),
        ("nl", "/nl/privacy/?from=foot", True),
        ("en", "/en/privacy/?from=foot", False),
    ]


def test_a_page_that_does_not_exist_still_changes_language() -> None:
    with override("fr"):
        links = language_links(Context({"request": visit("/fr/no/such/page/")}))
    assert [link.url for link in links] == ["/fr/no/such/page/", "/nl/no/such/page/", "/en/no/such/page/"]


@pytest.mark.usefixtures("menu")
def test_the_menu_shows_what_the_person_may_open_in_order() -> None:
    navigation.register_nav("Contact", "core:contact", order=30)
    navigation.register_nav("Privacy", "core:privacy", order=10)
    navigation.register_nav("Staff", "core:accessibility", order=20, permission=lambda user: user.is_authenticated)
    with override("fr"):
        assert [item.label for item in navigation.menu_for(visit("/fr/"))] == ["Privacy", "Contact"]
        assert len(navigation.menu_for(visit("/fr/", SIGNED_IN))) == 3


@pytest.mark.usefixtures("menu")
def test_the_entry_that_holds_the_page_is_current() -> None:
    navigation.register_nav("Privacy", "core:privacy", order=10)
    navigation.register_nav("Contact", "core:contact", order=20, also=("core:accessibility",))
    with override("fr"):
        assert [item.is_current for item in navigation.menu_for(visit("/fr/privacy/more/"))] == [True, False]
        elsewhere = visit("/fr/accessibility/")
        elsewhere.resolver_match = SimpleNamespace(view_name="core:accessibility")
        assert [item.is_current for item in navigation.menu_for(elsewhere)] == [False, True]
        assert not any(item.is_current for item in navigation.menu_for(visit("/fr/")))


@pytest.mark.usefixtures("menu")
def test_an_entry_whose_page_is_not_installed_is_left_out() -> None:
    navigation.register_nav("Nowhere", "nowhere:page", order=1)
    assert navigation.menu_for(visit("/fr/")) == []


def test_signing_out_is_a_post_and_signing_in_a_link() -> None:
    with override("fr"):
        inside = render_to_string("pages/privacy.html", request=visit("/fr/privacy/", SIGNED_IN))
        outside = render_to_string("pages/privacy.html", request=visit("/fr/privacy/"))
    assert "Amina Exemple" in inside and '<form method="post" action="/fr/account/logout/">' in inside
    assert 'name="csrfmiddlewaretoken"' in inside
    assert "/account/logout/" not in outside and 'href="/fr/account/login/"' in outside


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_a_demonstration_says_that_it_is_one(settings: Any, is_demo: bool) -> None:
    settings.DEMO = is_demo
    assert ("gp-demo" in render_to_string("pages/contact.html", request=visit("/fr/contact/"))) is is_demo


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("page", ["400.html", "500.html", "503.html"])
def test_an_error_page_needs_no_request(page: str, language: str) -> None:
    with override(language):
        html = render_to_string(page)
    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1 and "<form" not in html


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("page", ["403.html", "403_csrf.html", "404.html", "409.html", "429.html"])
def test_a_refusal_is_a_page_with_one_heading_of_its_own(page: str, language: str) -> None:
    problems = [Problem("late", "Le délai est passé.")]
    with override(language):
        html = render_to_string(page, {"problems": problems}, request=visit(f"/{language}/x/"))
    assert html.count("<h1>") == 1
    assert ("Le délai est passé." in html) is (page == "409.html")


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("page", ["accessibility", "privacy", "contact"])
def test_a_plain_page_answers_in_its_language(page: str, language: str) -> None:
    with override(language):
        html = render_to_string(f"pages/{page}.html", request=visit(f"/{language}/{page}/"))
    assert f'<html lang="{language}">' in html and html.count("<h1>") == 1


@pytest.mark.parametrize(
    ("name", "letters"), [("Camille Exemple", "CE"), ("Anne van der Voorbeeld", "AV"), ("Sam", "S"), ("", "")]
)
def test_initials_are_those_of_the_first_and_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (views.bad_request, 400),
        (views.forbidden, 403),
        (views.not_found, 404),
        (views.server_error, 500),
        (views.csrf_failure, 403),
    ],
)
def test_what_goes_wrong_outside_a_view_is_answered_with_its_page(answer: Any, status: int) -> None:
    response = answer(visit("/fr/x/"))
    assert response.status_code == status
    assert b"gp-sheet" in response.content


@pytest.mark.parametrize(
    ("status", "answer"),
    [(400, views.bad_request), (403, views.forbidden), (404, views.not_found), (500, views.server_error)],
)
def test_each_of_these_answers_is_the_one_that_django_asks(status: int, answer: Any) -> None:
    assert get_resolver().resolve_error_handler(status) is answer
