"""What a mail says: in the language of the file, on one subject line, with nothing that runs."""

from html.parser import HTMLParser

import pytest

from portal.mail.messages import write
from tests.mail import messages

LANGUAGES = ["fr", "nl"]
BOTH = [messages.receipt, messages.decision]


class Seen(HTMLParser):
    """The tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("message", BOTH)
def test_the_subject_is_one_line_and_names_the_file(message, language):
    subject = write(message(language=language)).subject

    assert "SUD2027 D-002" in subject
    assert "\n" not in subject
    assert "\r" not in subject


def test_a_title_with_line_breaks_stays_on_the_subject_line():
    told = messages.receipt(context={**messages.RECEIPT, "reference": "D-002\r\nBcc: evil@example.org"})

    assert "D-002 Bcc: evil@example.org" in write(told).subject


@pytest.mark.parametrize(
    ("language", "when"),
    [
        ("fr", "12 mars 2027 à 16\u00a0h\u00a008\u00a0min\u00a007\u00a0s (heure de Bruxelles)"),
        ("nl", "12 maart 2027 om 16.08.07 uur (Brusselse tijd)"),
    ],
)
def test_a_receipt_says_to_the_second_when_it_was_received(language, when):
    written = write(messages.receipt(language=language))

    assert when in written.text
    assert when in written.html
    assert "SUD2027-D-002-R1" in written.text


@pytest.mark.parametrize("message", BOTH)
def test_a_title_is_text_and_never_markup_or_template(message):
    written = write(message())

    assert "script" not in Seen(written.html).tags
    assert "{{ 7|add:7 }}" in written.text
    assert "<script>alert(1)</script> & " in written.text


@pytest.mark.parametrize("outcome", ["awarded", "rejected", "on_reserve", "inadmissible", "ineligible"])
def test_the_subject_of_a_decision_does_not_tell_its_outcome(outcome):
    subjects = {
        write(messages.decision(context={**messages.DECISION, "outcome": each})).subject
        for each in ("awarded", outcome)
    }

    assert len(subjects) == 1


def test_each_outcome_has_its_own_sentence_in_the_text():
    texts = {
        write(messages.decision(context={**messages.DECISION, "outcome": outcome})).text
        for outcome in ("awarded", "rejected", "on_reserve", "inadmissible", "ineligible")
    }

    assert len(texts) == 5


def test_a_message_without_layout_is_text_alone(tmp_path, settings):
    (tmp_path / "emails").mkdir()
    (tmp_path / "emails" / "plain.subject.txt").write_text("Hello")
    (tmp_path / "emails" / "plain.txt").write_text("Only text")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    assert write(messages.receipt(template="plain")) == ("Hello", "Only text\n", "")
