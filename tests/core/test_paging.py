"""Pages of lists that only grow, and addresses that make no sense."""

import pytest
from django.http import Http404

from portal.core.paging import key_before, page_of
from portal.mail.models import OutgoingMail


@pytest.fixture
def mails(db):
    return [OutgoingMail.objects.create(key=f"k{n}", to="a@example.org", subject="s", text_body="t") for n in range(5)]


def page(rf, address, size=2):
    request = rf.get(address)
    return page_of(OutgoingMail.objects.newest_first(before=key_before(request)), request, size=size)


def test_following_the_pages_shows_every_row_once(rf, mails):
    seen, address = [], "/mail/"
    while address:
        found = page(rf, address)
        seen += found.rows
        address = found.older_url and f"/mail/{found.older_url}"

    assert seen == mails[::-1]


def test_the_first_page_has_no_way_to_newer_rows_and_the_others_have(rf, mails):
    first = page(rf, "/mail/?q=x")

    assert first.newest_url == ""
    assert "q=x" in first.older_url
    assert page(rf, f"/mail/{first.older_url}").newest_url == "?q=x"


def test_a_list_that_fits_has_no_further_page(rf, mails):
    assert page(rf, "/mail/", size=5).older_url == ""


@pytest.mark.parametrize("nonsense", ["-1", "abc", "1e3", "9" * 19, "9" * 5000, "٣", "%00", "1 2"])
def test_an_address_that_makes_no_sense_is_not_found(rf, nonsense):
    with pytest.raises(Http404):
        key_before(rf.get(f"/mail/?before={nonsense}"))
