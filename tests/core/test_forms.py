"""The amount field: reads with our own parser and loses nothing that was typed."""

from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from portal.core.forms import AmountField, embedded_helper


class BudgetForm(forms.Form):
    amount = AmountField(label="Amount", required=False)


class NeededForm(forms.Form):
    amount = AmountField(label="Amount")


def test_what_was_typed_becomes_an_amount():
    form = BudgetForm({"amount": "€ 1 234,5"})

    assert form.is_valid()
    assert form.cleaned_data["amount"] == Decimal("1234.50")


@pytest.mark.parametrize("typed", ["1.234", "12,345", "<b>5</b>", "1e5"])
def test_a_refused_amount_stays_in_the_field(typed):
    form = BudgetForm({"amount": typed})

    assert not form.is_valid()
    assert form["amount"].value() == typed
    assert form.errors["amount"]


def test_an_empty_field_is_no_amount_unless_it_is_needed():
    assert BudgetForm({"amount": "  "}).is_valid()
    assert BudgetForm({"amount": ""}).fields["amount"].clean("") is None
    assert NeededForm({"amount": " "}).errors["amount"]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_stored_amount_comes_back_as_text_that_can_be_read_again(language):
    with override(language):
        shown = BudgetForm(initial={"amount": Decimal("12345.6")})["amount"].value()

    assert BudgetForm({"amount": shown}).fields["amount"].clean(shown) == Decimal("12345.60")


def test_the_field_brings_the_keyboard_of_figures_and_is_no_number_input():
    html = str(BudgetForm()["amount"])

    assert 'inputmode="decimal"' in html
    assert 'type="text"' in html
    assert 'class="gp-money"' in html


def test_the_same_amount_written_otherwise_is_no_change():
    field = AmountField()

    assert not field.has_changed(Decimal("1234.50"), "1 234,5")
    assert field.has_changed(Decimal("1234.50"), "1 234,6")
    assert field.has_changed(Decimal("1234.50"), "nonsense")


def test_an_embedded_form_brings_no_form_tag_of_its_own():
    form = BudgetForm()
    form.helper = embedded_helper()

    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))

    assert "<form" not in html
    assert "csrf" not in html
    assert 'name="amount"' in html
