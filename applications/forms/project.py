"""The identity of the project: fields that every application has, whatever the call asks."""

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.forms.drawing import describe_fields, field_helper
from applications.models import Application
from applications.readiness import broken_limits
from applications.services.drafting import PROJECT_FIELDS
from calls.models import Call
from calls.structure import structure_of
from portal.codelists.models import Goal, Sector
from portal.core.exceptions import Problem

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class ProjectForm(forms.ModelForm):
    """A draft may hold anything: no field is required here, and a value outside the limits is kept with a sentence."""

    use_required_attribute = False
    starts_on = forms.DateField(
        required=False,
        input_formats=DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-auto"}),
        error_messages={"invalid": _("Write a date, for example 31/12/2027.")},
    )
    duration = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=600,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6, "class": "w-auto"}),
        error_messages={"invalid": _("Write a whole number of months.")},
    )

    class Meta:
        model = Application
        fields = [*PROJECT_FIELDS, "goals"]
        widgets = {
            "language": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 6}),
            "goals": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "language": _("Decisions and letters about this application are written in this language."),
            "title": _("One line that says what the project does."),
            "summary": _("Three to five sentences for somebody who reads nothing else."),
            "partner_name": _("The organisation that carries out the project on the spot."),
            "goals": _("Choose those to which the project contributes most."),
            "sector": _("The purpose code of the OECD that fits best."),
        }

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: dict[str, Any] = {}
        self._choose_from(call)
        self._name_fields(call)
        describe_fields(self)
        self.helper = field_helper()
        self.helper.layout = _layout(has_lots="lot" in self.fields)

    @classmethod
    def as_saved(cls, application: Application) -> "ProjectForm":
        """The project as it is kept, with what lies outside the limits of the call beside its field."""
        form = cls(instance=application, call=application.call)
        for problem in broken_limits(application):
            form.errors[_field_of(problem)] = form.error_class([str(problem)])
        return form

    def clean(self) -> dict[str, Any]:
        # Without the checks of uniqueness of the parent: none of these fields has one, and they ask the database.
        return self.cleaned_data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.kept = dict(self.cleaned_data)
        for problem in broken_limits(self.instance):
            if _field_of(problem) in self.kept:
                self.add_error(_field_of(problem), str(problem))

    @property
    def is_all_kept(self) -> bool:
        """Nothing that was typed would be lost by leaving the page."""
        return len(self.kept) == len(self.fields)

    def _choose_from(self, call: Call) -> None:
        structure = structure_of(call)
        if structure.lots:
            self._offer("lot", structure.lots)
        else:
            del self.fields["lot"]
        self._offer("track", structure.tracks)
        self.fields["goals"].queryset = Goal.objects.all()
        self.fields["sector"].queryset = Sector.objects.all()

    def _offer(self, name: str, rows: list[Any]) -> None:
        """The rows of the call, read before: drawing them asks the database nothing."""
        field: Any = self.fields[name]
        field.queryset = (
            type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]) if rows else field.queryset.none()
        )
        field.widget = forms.RadioSelect(choices=[(row.pk, str(row)) for row in rows])

    def _name_fields(self, call: Call) -> None:
        for name, field in self.fields.items():
            words = str(Application._meta.get_field(name).verbose_name)
            field.label = words[:1].upper() + words[1:]
            field.is_optional = False
        self.fields["sector"].empty_label = pgettext_lazy("sector", "Choose a sector")
        self.fields["duration"].help_text = _("From %(least)s to %(most)s months.") % {
            "least": call.duration_minimum,
            "most": call.duration_maximum,
        }


def _field_of(problem: Problem) -> str:
    """The field that the problem leads to."""
    return problem.anchor.rpartition("#id_")[2]


def _layout(*, has_lots: bool) -> Layout:
    where = ["lot"] if has_lots else []
    return Layout(
        Fieldset(_("What"), "language", "title", "summary", "track"),
        Fieldset(_("Where and with whom"), *where, "place", "partner_name"),
        Fieldset(_("When"), "starts_on", "duration"),
        Fieldset(_("To what it contributes"), Div("goals", css_class="gp-goals"), "sector"),
    )
