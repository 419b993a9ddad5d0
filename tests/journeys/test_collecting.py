"""The journey's auditor reads the verdict of the public page, and not only that a page came."""

import pytest

from portal.demo.collecting import GENUINE, OTHER_FILE, SAME_FILE, check, expect_verdict
from portal.demo.walk import UnexpectedPage
from portal.documents.models import Document
from portal.documents.services import render_document
from portal.files.storage import open_content
from tests import factories
from tests.journeys.within import browser


@pytest.fixture
def sealed(open_call):
    """A sealed receipt."""
    factories.submitted(open_call)
    document = Document.objects.get()
    render_document(document_id=document.pk)
    return factories.fetch(document)


def compared(document, content):
    """The page that follows when somebody compares this file with the document."""
    screen = browser()
    page = screen.open(f"/verify/{document.code}/")
    return screen.send(page, page.form(having="file"), files={"file": ("letter.pdf", content)})


def test_the_verdict_on_the_file_and_on_an_altered_one_is_read_in_words(sealed):
    with open_content(sealed.file.sha256) as file:
        content = file.read()
    check(browser(), sealed.code, "letter.pdf", content)

    same, other = compared(sealed, content), compared(sealed, content + b" ")
    assert expect_verdict(same, GENUINE, SAME_FILE) is same
    assert expect_verdict(other, OTHER_FILE, never=GENUINE) is other
    for page, wrong in [(same, OTHER_FILE), (other, SAME_FILE)]:
        with pytest.raises(UnexpectedPage):
            expect_verdict(page, wrong)
    with pytest.raises(UnexpectedPage):
        expect_verdict(same, SAME_FILE, never=GENUINE)
