"""Every mail that the portal can write, in French and in Dutch: whole, in one language, with a subject of one line."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

from portal.mail.messages import write
from tests.mail.samples import CONTEXTS, samples_of

FOLDER = Path(settings.ROOT) / "templates" / "emails"
SUBJECT = ".subject.txt"
TEMPLATES = sorted(CONTEXTS)
LANGUAGES = ["fr", "nl"]
# What says the same in every language: values, numbers, addresses, and the names of the house.
SAME = ("http", "Bcc", "Zon", "Zuid", "SUD2027", "COR-1", "-- ", "Convoca")


class Words(HTMLParser):
    """The pieces of text of a page, and where its links go; what its head holds for a mail program is neither."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.links: set[str] = set()
        self._is_style = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._is_style = tag == "style"
        self.links |= {value for name, value in attrs if name == "href"}

    def handle_data(self, data):
        if not self._is_style:
            self.texts.add(" ".join(data.split()))


def in_words(lines):
    """The lines that a person had to translate."""
    return {line for line in lines if any(map(str.isalpha, line)) and not line.startswith(SAME)}


def pairs(template, language):
    """Each sample in this language beside the same in English."""
    return zip(
        map(write, samples_of(template, language)),
        map(write, samples_of(template, "en")),
        strict=True,
    )


def test_every_template_has_a_sample():
    found = {str(file.relative_to(FOLDER)).removesuffix(SUBJECT) for file in FOLDER.rglob(f"*{SUBJECT}")}

    assert found == set(CONTEXTS)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_has_a_subject_a_text_and_a_page(template):
    assert all((FOLDER / f"{template}{end}").exists() for end in (SUBJECT, ".txt", ".html"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_subject_is_one_line_of_its_language(template, language):
    for said, english in pairs(template, language):
        assert len(said.subject.splitlines()) == 1
        assert said.subject != english.subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_no_line_of_the_text_is_left_in_english(template, language):
    for said, english in pairs(template, language):
        assert in_words(said.text.splitlines())
        assert not in_words(said.text.splitlines()) & in_words(english.text.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_no_word_of_the_page_is_left_in_english(template, language):
    for said, english in pairs(template, language):
        assert f'lang="{language}"' in said.html
        assert not in_words(Words(said.html).texts) & in_words(Words(english.html).texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_page_leads_where_the_text_leads_and_nowhere_else(template, language):
    for said in map(write, samples_of(template, language)):
        assert Words(said.html).links == {line for line in said.text.splitlines() if line.startswith("http")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_is_left_to_be_filled(template, language, settings):
    """A name that the context lacks would be an empty place in somebody's mail."""
    options = {**settings.TEMPLATES[0]["OPTIONS"], "string_if_invalid": "LACKS[%s]"}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": options}]

    for said in map(write, samples_of(template, language)):
        assert "LACKS[" not in said.subject + said.text + said.html
