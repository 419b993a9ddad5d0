"""Enterprise numbers and bank account numbers: which can exist, and how they are shown."""

import pytest
from django.utils.translation import override

from portal.core.organisation_numbers import (
    WrongNumber,
    clean_enterprise_number,
    clean_iban,
    show_enterprise_number,
    show_iban,
)


@pytest.mark.parametrize(
    "number", ["0566988259", "0314595348", "1999005197", "1999000150", "1999000843", "1000000021", "0403019261"]
)
def test_a_number_with_the_right_check_is_kept(number):
    assert clean_enterprise_number(number) == number


@pytest.mark.parametrize(
    "written", ["0566.988.259", "BE 0566.988.259", "BE0566988259", "be 0566 988 259", "566988259", " 0566-988-259 "]
)
def test_every_usual_way_of_writing_gives_the_same_number(written):
    assert clean_enterprise_number(written) == "0566988259"


@pytest.mark.parametrize(
    "wrong",
    [
        "0566988258",
        "2566988259",
        "056698825",
        "05669882590",
        "0000000000",
        "1999005100",  # remainder 0 gives the check 97, never 00
        "abc",
        "",
        "٠566988259",
        "0" * 5000,
    ],
)
def test_a_number_that_cannot_exist_is_refused_with_an_example(wrong):
    with override("en"), pytest.raises(WrongNumber, match=r"0403\.019\.261"):
        clean_enterprise_number(wrong)


def test_a_number_is_shown_with_its_dots():
    assert show_enterprise_number("0566988259") == "0566.988.259"


@pytest.mark.parametrize("written", ["BE68539007547034", "be68 5390 0754 7034", "BE68-5390-0754-7034"])
def test_an_account_number_is_kept_without_spaces(written):
    assert clean_iban(written) == "BE68539007547034"


def test_an_account_in_another_country_is_kept():
    assert clean_iban("FR14 2004 1010 0505 0001 3M02 606") == "FR1420041010050500013M02606"


@pytest.mark.parametrize("wrong", ["BE68539007547035", "BE6853900754703", "BE00539007547034", "", "B" * 5000])
def test_an_account_number_with_a_wrong_check_is_refused(wrong):
    with pytest.raises(WrongNumber):
        clean_iban(wrong)


def test_an_account_number_is_shown_in_groups_of_four():
    assert show_iban("BE68539007547034") == "BE68\u00a05390\u00a00754\u00a07034"
