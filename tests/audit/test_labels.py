"""Codes of the chain in words."""

import re
from pathlib import Path

from django.conf import settings

from portal.accounts.choices import Role
from portal.audit import labels
from portal.audit.labels import actor_label, register_roles, register_verbs, verb_label

WRITTEN = re.compile(r'\brecord\(\s*"([a-z_]+\.[a-z_]+)"')
APPS = ("portal", "calls", "applications", "reviews")


def test_an_event_that_its_app_has_named_is_shown_in_words():
    register_verbs({"tests.named": "Named by a test"})

    assert verb_label("tests.named") == "Named by a test"


def test_an_event_without_a_name_shows_its_code():
    assert verb_label("tests.unnamed") == "tests.unnamed"


def test_an_actor_is_shown_by_role_and_never_by_person():
    register_roles({"tester": "Tester"})

    assert actor_label("tester:7c1e") == "Tester"
    assert "7c1e" not in actor_label("somebody:7c1e")


def test_every_event_that_the_code_writes_has_words():
    sources = [path.read_text(encoding="utf-8") for app in APPS for path in Path(settings.ROOT, app).rglob("*.py")]
    verbs = {verb for source in sources for verb in WRITTEN.findall(source)}

    assert len(verbs) > 20
    assert sorted(verb for verb in verbs if verb_label(verb) == verb) == []


def test_every_role_has_words():
    assert {*Role.values, "auditor", "applicant", "system"} <= labels.named_roles()
