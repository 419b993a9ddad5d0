"""Codes of the chain in words."""

from portal.audit.labels import actor_label, register_roles, register_verbs, verb_label


def test_an_event_that_its_app_has_named_is_shown_in_words():
    register_verbs({"tests.named": "Named by a test"})

    assert verb_label("tests.named") == "Named by a test"


def test_an_event_without_a_name_shows_its_code():
    assert verb_label("tests.unnamed") == "tests.unnamed"


def test_an_actor_is_shown_by_role_and_never_by_person():
    register_roles({"tester": "Tester"})

    assert actor_label("tester:7c1e") == "Tester"
    assert "7c1e" not in actor_label("somebody:7c1e")
