"""Amounts: what is read, what is refused, how they are shown, written out and split."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.core.money import (
    MOST,
    UnreadableAmount,
    amount_in_words,
    parse_amount,
    plain_amount,
    show_amount,
    show_number,
    split_instalments,
)

amounts = st.decimals(min_value=0, max_value=MOST, places=2, allow_nan=False)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234,56", "1234.56"),
        ("12,5", "12.50"),
        ("12.5", "12.50"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1\u2009234,56", "1234.56"),
        ("1.234.567", "1234567.00"),
        ("12 345 678,9", "12345678.90"),
        ("€ 1 000", "1000.00"),
        ("1 000 €", "1000.00"),
        ("€1,000.00", "1000.00"),
        ("EUR 5", "5.00"),
        ("5 euro", "5.00"),
        ("  7  ", "7.00"),
        ("007", "7.00"),
        ("0", "0.00"),
        ("-0", "0.00"),
        ("9 999 999 999,99", "9999999999.99"),
    ],
)
def test_an_amount_reads_the_same_in_every_language(typed, amount, language):
    with override(language):
        assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    ["NaN", "sNaN", "Infinity", "-inf", "1e5", "1E+1000000", "1_000", "٣٤", "１２", "0x10", "abc", "5 eurocents"],
)
def test_only_plain_figures_are_an_amount(typed):
    with pytest.raises(UnreadableAmount):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["1.23.456", "12 34", "1 2345", "1,2,3", "1.234 567", "12,", ",5", "1 234 5,00"])
def test_groups_have_three_figures(typed):
    with pytest.raises(UnreadableAmount):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["", "   ", "€", "€€5", "5€€", "€5€", "--5", "+5"])
def test_what_holds_no_amount_is_refused(typed):
    with pytest.raises(UnreadableAmount):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["1.234", "1,234", "€ 12.345", "999,999"])
def test_two_readings_are_refused(typed):
    with override("en"), pytest.raises(UnreadableAmount, match="two readings"):
        parse_amount(typed)


def test_an_ambiguous_amount_is_refused_with_both_readings():
    with override("en"), pytest.raises(UnreadableAmount) as refused:
        parse_amount("1.234")

    assert "€1,234.00" in str(refused.value)
    assert "€1.234" in str(refused.value)
    assert "Write 1234" in str(refused.value)


@pytest.mark.parametrize("typed", ["0.001", "0,234", "1234.567", "1 234,567", "1.234,567", "0.0000000001"])
def test_more_than_two_decimals_are_refused_and_never_rounded(typed):
    with override("en"), pytest.raises(UnreadableAmount, match="two decimals"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["-0.01", "-5", "- € 5", "€ -5", "\u22125"])
def test_a_negative_amount_is_refused(typed):
    with override("en"), pytest.raises(UnreadableAmount, match="negative"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["9" * 5000, "1" + "0" * 5000 + ",00", " " * 100_000 + "1", "1 " * 50_000])
def test_an_endless_text_is_refused_unread(typed):
    with override("en"), pytest.raises(UnreadableAmount, match="too long"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["10 000 000 000", "99999999999,99", "1" + "0" * 30])
def test_an_amount_that_no_column_holds_is_refused(typed):
    with override("en"), pytest.raises(UnreadableAmount, match="larger"):
        parse_amount(typed)


@given(amount=amounts, language=st.sampled_from(["fr", "nl", "en"]))
def test_what_is_shown_with_cents_is_read_back_unchanged(amount, language):
    assert parse_amount(show_amount(amount, language, cents=True)) == amount
    assert parse_amount(plain_amount(amount)) == amount


@given(st.text(max_size=60))
def test_any_text_is_an_amount_of_two_decimals_or_is_refused(typed):
    try:
        amount = parse_amount(typed)
    except UnreadableAmount:
        return
    assert 0 <= amount <= MOST
    assert amount.as_tuple().exponent == -2


@given(st.text(alphabet="0123456789., \u00a0\u202f€-", max_size=20))
def test_no_figure_typed_is_lost_or_added(typed):
    try:
        amount = parse_amount(typed)
    except UnreadableAmount:
        return
    figures = "".join(sign for sign in typed if sign.isdigit()).lstrip("0")
    assert str(amount).replace(".", "").lstrip("0").rstrip("0") == figures.rstrip("0")


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        ("12345.67", "fr", "12\u00a0345,67\u00a0€"),
        ("12345.67", "nl", "€\u00a012\u00a0345,67"),
        ("12345.67", "en", "€12,345.67"),
        ("12345", "fr", "12\u00a0345\u00a0€"),
        ("12345", "nl", "€\u00a012\u00a0345"),
        ("12345", "en", "€12,345"),
        ("0.5", "fr", "0,50\u00a0€"),
        ("0", "en", "€0"),
        ("-5", "en", "-€5"),
    ],
)
def test_an_amount_is_shown_as_its_language_writes_it(value, language, shown):
    assert show_amount(Decimal(value), language) == shown


def test_a_column_of_amounts_keeps_its_cents():
    assert show_amount(100, "fr", cents=True) == "100,00\u00a0€"
    assert show_amount(Decimal("100.40"), "fr", cents=False) == "100\u00a0€"


@given(amounts, st.sampled_from(["fr", "nl", "en"]))
def test_a_shown_amount_never_holds_the_narrow_space_that_our_letters_lack(amount, language):
    assert "\u202f" not in show_amount(amount, language)


@pytest.mark.parametrize(
    ("value", "places", "language", "shown"),
    [
        ("50.50", None, "fr", "50,5"),
        ("50.5", None, "en", "50.5"),
        ("86", 2, "nl", "86,00"),
        ("1234.5", 0, "en", "1,235"),
    ],
)
def test_a_number_is_shown_as_its_language_writes_it(value, places, language, shown):
    assert show_number(Decimal(value), language, places=places) == shown


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("71", "fr", "septante et un euros"),
        ("80", "fr", "quatre-vingts euros"),
        ("81", "fr", "quatre-vingt-un euros"),
        ("95", "fr", "nonante-cinq euros"),
        ("200", "fr", "deux cents euros"),
        ("80000", "fr", "quatre-vingt mille euros"),
        ("264000", "fr", "deux cent soixante-quatre mille euros"),
        ("1000000", "fr", "un million d’euros"),
        ("1000100", "fr", "un million cent euros"),
        ("12300.50", "fr", "douze mille trois cents euros et cinquante centimes"),
        ("1", "fr", "un euro"),
        ("22", "nl", "tweeëntwintig euro"),
        ("12345", "nl", "twaalfduizend driehonderdvijfenveertig euro"),
        ("264000", "nl", "tweehonderdvierenzestigduizend euro"),
        ("1001.01", "nl", "duizend een euro en een cent"),
        ("2000000", "nl", "twee miljoen euro"),
        ("264001.10", "en", "two hundred and sixty-four thousand and one euros and ten cents"),
    ],
)
def test_an_amount_is_written_out_in_correct_spelling(value, language, words):
    assert amount_in_words(Decimal(value), language) == words


@given(amounts, amounts, st.sampled_from(["fr", "nl", "en"]))
def test_two_amounts_never_have_the_same_words(one, other, language):
    assert (one == other) == (amount_in_words(one, language) == amount_in_words(other, language))


@pytest.mark.parametrize(
    ("total", "first", "balance"),
    [(12500000, 10000000, 2500000), (9999999, 7999999, 2000000), (1, 0, 1)],
)
def test_the_first_instalment_is_cut_down_to_the_cent_and_the_balance_is_the_rest(total, first, balance):
    cents = Decimal("0.01")

    assert split_instalments(total * cents, [80, 20]) == [first * cents, balance * cents]


@given(amounts, st.lists(st.integers(min_value=1, max_value=40), max_size=3))
def test_no_cent_is_lost_between_instalments(total, percents):
    if sum(percents) > 100:
        return

    parts = split_instalments(total, [*percents, 100 - sum(percents)])

    assert sum(parts) == total
    assert all(part >= 0 and part == part.quantize(Decimal("0.01")) for part in parts)


@pytest.mark.parametrize("percents", [[], [50], [80, 21], [150, -50]])
def test_percentages_that_do_not_make_a_whole_are_refused(percents):
    with pytest.raises(ValueError, match="add up to 100"):
        split_instalments(Decimal(100), percents)
