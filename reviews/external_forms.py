"""Forms of the external steps: what was typed, in shape. Whether an act is possible is decided by the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.files.models import StoredFile
from reviews.choices import Opinion
from reviews.desk_forms import LONGEST_WORDS, day_field, scan_field
from reviews.forms import EmbeddedForm
from reviews.services import RecordedAct


class TransmissionForm(EmbeddedForm):
    """When the file of an approved list left the service, and to whom."""

    use_required_attribute = False
    on = day_field(_("Day of the transmission"))
    to = forms.CharField(
        label=_("Transmitted to"),
        help_text=_("The authority or the person who receives the file first."),
        max_length=200,
        error_messages={"required": _("Write to whom the file goes.")},
    )


class StepForm(EmbeddedForm):
    """What an authority outside the service answered; `place` names the step that was read."""

    use_required_attribute = False
    place = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    opinion = forms.ChoiceField(
        label=_("What was answered?"),
        choices=Opinion,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was answered.")},
    )
    given_on = day_field(_("Day of the act"))
    reference = forms.CharField(
        label=_("Reference of the act"),
        max_length=120,
        error_messages={"required": _("Write the reference of the act.")},
    )
    signatory = forms.CharField(
        label=_("Signatory"),
        help_text=_("Name and office, as the act says. Letters quote them."),
        max_length=200,
        error_messages={"required": _("Write who signed the act.")},
    )
    reason = forms.CharField(
        label=pgettext_lazy("external step", "Reason"),
        help_text=_("Only for an unfavourable answer: everyone who works on the list reads it."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    scan = scan_field(_("Scan of the signed act"), kinds=_("One PDF file."), allowed=["pdf"])
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def act(self, scan: StoredFile, scan_name: str) -> RecordedAct:
        """The act as it was typed, with its scan; of a valid form."""
        told = self.cleaned_data
        names = ("opinion", "given_on", "reference", "signatory", "reason")
        return RecordedAct(scan=scan, scan_name=scan_name, **{name: told[name] for name in names})
