"""French and Dutch are equal: every string of the code and the templates is translated, counted afresh."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(settings.ROOT)
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]")


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory):
    """The catalogues as they stand after the messages were extracted from a copy of the code."""
    copy = tmp_path_factory.mktemp("messages")
    for folder in ("portal", "calls", "applications", "reviews", "templates", "locale"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    languages = ["-l", "fr", "-l", "nl"]
    command = [sys.executable, "-m", "django", "makemessages", *languages, "--no-obsolete", "--no-wrap"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    found = {}
    for language in ("fr", "nl"):
        with (copy / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            found[language] = [message for message in read_po(file, locale=language) if message.id]
    return found


def texts(value):
    return list(value) if isinstance(value, (tuple, list)) else [value]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_string_is_untranslated(catalogues, language):
    untranslated = [message.id for message in catalogues[language] if message.fuzzy or not all(texts(message.string))]

    assert len(catalogues[language]) > 1000
    assert untranslated == []


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_translation_keeps_the_placeholders_of_its_message(catalogues, language):
    differing = []
    for message in catalogues[language]:
        known = {name for text in texts(message.id) for name in PLACEHOLDER.findall(text)}
        for text in texts(message.string):
            if not set(PLACEHOLDER.findall(text)) <= known:
                differing.append(message.id)
        if isinstance(message.id, str) and set(PLACEHOLDER.findall(message.string)) != known:
            differing.append(message.id)

    assert differing == []


def test_french_has_no_narrow_space_and_dutch_no_guillemets(catalogues):
    narrow = [message.id for message in catalogues["fr"] if "\u202f" in "".join(texts(message.string))]
    guillemets = [message.id for message in catalogues["nl"] if "«" in "".join(texts(message.string))]

    assert narrow == []
    assert guillemets == []
