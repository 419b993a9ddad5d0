"""Forms in our template pack: label, hint, error, input, in that order and tied together."""

import re

import pytest
from crispy_forms.layout import HTML, ButtonHolder, Column, Div, Field, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string

from portal.core.forms import AmountField, embedded_helper
from portal.core.templatetags.look import problems


class Sample(forms.Form):
    """One field of each kind that is drawn in its own way."""

    title = forms.CharField(label="Titre", help_text="Une ligne.")
    nickname = forms.CharField(label="Nom court", required=False)
    amount = AmountField(label="Subside")
    lot = forms.ChoiceField(label="Lot", choices=[("1", "Kinshasa")])
    conflict = forms.ChoiceField(
        label="Un lien ?", help_text="Emploi.", choices=[("n", "Non"), ("y", "Oui")], widget=forms.RadioSelect
    )
    goals = forms.MultipleChoiceField(
        label="ODD", choices=[("5", "5"), ("8", "8")], widget=forms.CheckboxSelectMultiple, required=False
    )
    exact = forms.BooleanField(label="Tout est exact")
    annex = forms.FileField(label="Annexe")
    token = forms.CharField(widget=forms.HiddenInput)


def drawn(form: forms.Form, name: str) -> str:
    """One field as a page shows it."""
    return render_to_string(
        "portal/field.html", {"field": form[name], "form_show_errors": True, "form_show_labels": True}
    )


def refused() -> Sample:
    form = Sample({"amount": "12.34x", "title": ""})
    assert not form.is_valid()
    return form


def test_a_field_is_label_hint_error_input() -> None:
    html = drawn(refused(), "title")
    places = [html.index(mark) for mark in ("<label", "gp-hint", "gp-error", "<input")]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["title", "amount", "lot", "annex", "exact"])
def test_a_refused_input_is_marked_and_points_to_its_error(name: str) -> None:
    html = drawn(refused(), name)
    assert 'aria-invalid="true"' in html
    named = re.search(r'aria-describedby="([^"]+)"', html)
    assert named
    for target in named[1].split():
        assert f'id="{target}"' in html


def test_a_group_of_choices_is_a_fieldset_that_names_its_hint_and_error() -> None:
    html = drawn(refused(), "conflict")
    assert '<legend id="id_conflict"' in html and html.count('type="radio"') == 2
    assert 'aria-describedby="id_conflict_helptext id_conflict_error"' in html
    assert html.count('class="form-check-input"') == 2


def test_only_the_optional_field_says_so() -> None:
    form = Sample()
    assert "gp-optional" in drawn(form, "nickname")
    assert "gp-optional" in drawn(form, "goals")
    assert not [name for name in ("title", "amount", "conflict", "exact") if "gp-optional" in drawn(form, name)]


def test_an_amount_is_text_with_the_keyboard_of_figures() -> None:
    html = drawn(refused(), "amount")
    assert 'class="gp-money"' in html and 'inputmode="decimal"' in html
    assert 'type="number"' not in html
    assert 'value="12.34x"' in html


def test_a_hint_written_by_an_officer_is_text() -> None:
    form = Sample()
    form.fields["title"].help_text = "<script>x</script>"
    assert "<script>" not in drawn(form, "title")


def test_the_summary_repeats_every_error_and_leads_to_its_field() -> None:
    form = refused()
    page = "".join(drawn(form, name) for name in form.fields)
    found = problems(form)
    assert len(found) == len(form.errors)
    for problem in found:
        assert problem.anchor == "" or f'id="{problem.anchor}"' in page
    assert "id_conflict_0" in {problem.anchor for problem in found}
    assert {problem.anchor for problem in found if problem.code == "field-token"} == {""}


def test_a_form_without_a_fault_has_no_problem() -> None:
    assert problems(Sample()) == []
    assert problems(None) == []


def test_a_formset_gathers_the_problems_of_its_forms() -> None:
    lines = forms.formset_factory(Sample, extra=0, min_num=1, validate_min=True)
    formset = lines({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": "x"})
    assert "id_form-0-conflict_0" in {problem.anchor for problem in problems(formset)}


def test_a_layout_of_crispy_is_drawn_in_our_classes() -> None:
    form = Sample()
    form.helper = embedded_helper()
    form.helper.layout = Layout(
        Fieldset("Votre projet", "title", Row(Column("nickname"), Column(Field("amount")))),
        Div("lot", css_class="gp-inset"),
        HTML("<p>Relisez.</p>"),
        ButtonHolder(Submit("save", "Enregistrer")),
    )
    html = render_crispy_form(form)
    for piece in (
        "gp-legend",
        "gp-inset",
        "<p>Relisez.</p>",
        "gp-actions",
        'class="btn btn-primary"',
        'class="gp-money"',
    ):
        assert piece in html
    assert "<form" not in html and "&lt;" not in html


def test_a_whole_form_leaves_checking_to_the_server() -> None:
    html = render_crispy_form(Sample())
    assert "novalidate" in html and 'enctype="multipart/form-data"' in html
