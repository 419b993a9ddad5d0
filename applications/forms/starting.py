"""Starting an application: for which organisation, and in which language its file is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.drawing import describe_fields, field_helper
from portal.accounts.choices import Language
from portal.organisations.models import Organisation


class StartForm(forms.Form):
    """Two questions; the first is answered beforehand where the person belongs to one organisation only."""

    use_required_attribute = False
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Which organisation applies?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the organisation."), "invalid_choice": _("Choose the organisation.")},
    )
    language = forms.ChoiceField(
        choices=Language,
        label=_("In which language do you apply?"),
        help_text=_("Decisions and letters about this application are written in this language."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the language."), "invalid_choice": _("Choose the language.")},
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[row.pk for row in organisations])
        self.fields["organisation"].widget.choices = [(row.pk, row.name) for row in organisations]
        describe_fields(self)
        self.helper = field_helper()
