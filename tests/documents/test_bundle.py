"""Letters taken out of the register as a ZIP: what is inside, what the chain keeps, what stops it."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from portal.audit.models import Event
from portal.core.canonical import canonical_json, sha256_hex
from portal.documents import bundle
from portal.documents.models import Document
from portal.files.storage import path_of
from tests import factories

ZIP = "/en/documents/zip/"
MATCHING = {"take": "matching"}


@pytest.fixture
def letters(closed_call, sealed):
    """Three receipts in a call whose files are unsealed."""
    factories.unsealed(closed_call)
    call = {"reference": closed_call.reference, "title": "x"}
    return [sealed(call=call, language=language) for language in ("fr", "nl", "fr")]


def opened(response):
    """The ZIP of a response that is read to its end."""
    assert response.status_code == 200, response.text
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def notes():
    return list(Event.objects.filter(verb="documents.bundle_made").order_by("seq"))


def told(response, person):
    """The sentence on the register to which the person was led back."""
    assert response.status_code == 302
    assert response.url.startswith("/en/documents/?")
    return person.get(response.url).text


def test_the_zip_holds_the_sealed_files_and_a_list_that_proves_them(axel, letters):
    response = axel.get(ZIP, MATCHING)
    archive = opened(response)

    names = [f"letters/{letter.number}.pdf" for letter in reversed(letters)]
    assert archive.testzip() is None
    assert archive.namelist() == ["manifest.csv", "manifest.json", *names]
    listed = json.loads(archive.read("manifest.json"))
    assert list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig")))) == listed
    for line in listed:
        letter = next(each for each in letters if each.number == line["number"])
        kept = archive.read(f"letters/{line['number']}.pdf")
        assert hashlib.sha256(kept).hexdigest() == line["sha256"] == letter.file.sha256
        assert (line["kind"], line["language"]) == (letter.kind, letter.language)
        assert line["verify"].endswith(f"/verify/{letter.code}/")
    assert response["Content-Disposition"].startswith('attachment; filename="documents-')
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "no-store"


def test_only_the_ticked_letters_are_taken(olga, letters):
    archive = opened(olga.get(ZIP, {"take": "ticked", "pick": [letters[0].code, letters[2].code]}))

    assert archive.namelist()[2:] == [f"letters/{letter.number}.pdf" for letter in (letters[2], letters[0])]


def test_only_what_the_filter_shows_is_taken(olga, letters):
    archive = opened(olga.get(ZIP, {**MATCHING, "number": letters[1].number}))

    assert archive.namelist()[2:] == [f"letters/{letters[1].number}.pdf"]


def test_the_chain_keeps_who_took_which_letters_and_no_name(axel, letters):
    listed = opened(axel.get(ZIP, {**MATCHING, "party": "exemple"})).read("manifest.json").decode()

    [note] = notes()
    assert note.actor == axel.user.actor
    assert note.data["count"] == 3
    assert note.data["numbers"] == [letter.number for letter in reversed(letters)]
    assert note.data["manifest_sha256"] == sha256_hex(listed)
    assert "exemple" not in canonical_json(note.data).lower()


def test_a_letter_that_the_person_may_not_see_is_not_taken_even_by_its_code(axel, letters):
    axel.user.mandates.update(call_references=["ANOTHER-CALL"])
    query = {"take": "ticked", "pick": [letters[0].code]}

    assert "No sealed document is chosen" in told(axel.get(ZIP, query), axel)
    assert "No sealed document is chosen" in told(axel.get(ZIP, MATCHING), axel)
    assert notes() == []


def test_a_letter_that_is_not_sealed_is_left_out(olga, letters, ask, closed_call):
    waiting = ask(call={"reference": closed_call.reference, "title": "x"})

    assert f"letters/{waiting.number}.pdf" not in opened(olga.get(ZIP, MATCHING)).namelist()


@pytest.mark.parametrize("name", ["amina", "rachid", "adam"])
def test_who_may_not_read_the_register_gets_no_zip(request, letters, name):
    assert request.getfixturevalue(name).get(ZIP, MATCHING).status_code == 403
    assert notes() == []


def test_more_letters_than_a_zip_holds_are_refused_with_the_limit_and_the_filter_stays(axel, letters, monkeypatch):
    monkeypatch.setattr(bundle, "MOST", 2)
    response = axel.get(ZIP, {**MATCHING, "year": "2027"})

    assert "year=2027" in response.url
    assert "A ZIP holds at most 2 documents." in told(response, axel)
    assert notes() == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"take": "ticked"}, "Tick the documents that you want in the ZIP first."),
        ({"take": "ticked", "pick": "no such code"}, "No sealed document is chosen"),
        ({**MATCHING, "year": "x"}, "Enter a whole number."),
        ({}, "This field is required."),
    ],
)
def test_a_choice_that_cannot_be_is_told(axel, letters, query, sentence):
    assert sentence in told(axel.get(ZIP, query), axel)
    assert notes() == []


def test_a_file_that_the_disk_lost_is_named_before_anything_is_sent(axel, letters):
    path_of(letters[1].file.sha256).unlink()

    assert f"The file of {letters[1].number} is missing." in told(axel.get(ZIP, MATCHING), axel)
    assert notes() == []


def test_the_register_says_the_limit_and_has_a_box_for_each_sealed_letter(axel, letters):
    text = axel.get("/en/documents/").text

    assert "at most 500 documents" in text
    assert all(f'name="pick" value="{letter.code}"' in text for letter in letters)


def test_the_zip_asks_the_database_the_same_number_of_times(axel, letters, django_assert_num_queries):
    for letter in letters[:2]:
        with django_assert_num_queries(7):
            opened(axel.get(ZIP, {"take": "ticked", "pick": [letter.code]}))
    with django_assert_num_queries(7):
        opened(axel.get(ZIP, MATCHING))
    assert Document.objects.count() == 3
