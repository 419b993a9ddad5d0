"""Sizes of files as people read them."""

import pytest

from portal.core.sizes import show_size


@pytest.mark.parametrize(
    ("size", "language", "shown"),
    [
        (0, "nl", "0 bytes"),
        (1, "fr", "1 octet"),
        (340, "fr", "340 octets"),
        (1023, "nl", "1 023 bytes"),
        (1024, "fr", "1 Ko"),
        (1234, "nl", "1,2 kB"),
        (10 * 1024**2, "fr", "10 Mo"),
        (10 * 1024**2, "en", "10 MB"),
        (3 * 1024**3 + 1024**3 // 2, "nl", "3,5 GB"),
        (2048 * 1024**3, "fr", "2 048 Go"),
    ],
)
def test_a_size_is_shown_in_the_largest_unit_that_it_fills(size, language, shown):
    assert show_size(size, language).replace("\u00a0", " ") == shown
