"""The verification code is read from paper: no letters that look alike, and any way of typing it will do."""

import pytest

from portal.documents.codes import ALPHABET, LENGTH, as_shown, new_code


def test_a_new_code_has_ten_clear_characters_in_groups():
    groups = new_code().split("-")

    assert [len(group) for group in groups] == [4, 4, 2]
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01OILUV")


def test_codes_do_not_repeat():
    assert len({new_code() for _time in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed", ["K7QM-4D2X-9R", "k7qm4d2x9r", " K7QM 4D2X 9R ", "K7QM-4D2X-9R.", "K7QM–4D2X–9R", "K7QM4D2X9R99999"]
)
def test_a_code_is_understood_however_it_is_typed(typed):
    assert as_shown(typed) == "K7QM-4D2X-9R"


@pytest.mark.parametrize("typed", ["", " - ", "\x00", "../../", "'; --"])
def test_what_is_no_code_gives_none(typed):
    assert as_shown(typed) == ""


def test_a_new_code_is_shown_as_it_is():
    code = new_code()
    assert as_shown(code) == code
    assert len(code.replace("-", "")) == LENGTH
