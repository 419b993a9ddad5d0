"""Forms of the desk. What a call may become is decided by its services, never here."""

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from calls.contract import LANGUAGES
from portal.core.dates import NoSuchMoment, brussels_moment
from portal.core.forms import embedded_helper


class ReturnForm(forms.Form):
    """Why a proposed call goes back to the officer."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The officer reads it with the draft. Say what must change."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": _("Write why the call goes back.")},
    )

    @property
    def helper(self) -> FormHelper:
        """The page brings the tag, the token and the buttons."""
        return embedded_helper()


class ReasonForm(forms.Form):
    """A reason that everyone reads: in French and in Dutch, and in English where there is time."""

    MOST = 2000

    reason_fr = forms.CharField(
        label=_("Reason in French"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"}),
        max_length=MOST,
        error_messages={"required": _("Write the reason in French: everyone reads it.")},
    )
    reason_nl = forms.CharField(
        label=_("Reason in Dutch"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "nl"}),
        max_length=MOST,
        error_messages={"required": _("Write the reason in Dutch: everyone reads it.")},
    )
    reason_en = forms.CharField(
        label=_("Reason in English"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
        max_length=MOST,
        required=False,
    )

    @property
    def helper(self) -> FormHelper:
        """The page brings the tag, the token and the buttons."""
        return embedded_helper()

    @property
    def reason(self) -> dict[str, str]:
        """The reason by language."""
        return {language: self.cleaned_data[f"reason_{language}"] for language in LANGUAGES}


class ExtensionForm(ReasonForm):
    """The new deadline, as a clock in Brussels shows it, and why."""

    day = forms.DateField(
        label=_("New day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the new day."), "invalid": _("Write the day as 2027-03-31.")},
    )
    time = forms.TimeField(
        label=_("New time, in Brussels"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose the new time."), "invalid": _("Write the time as 12:00.")},
    )
    field_order = ("day", "time")

    def clean(self) -> dict[str, Any]:
        """Both together are one moment that Brussels lives once."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("day") and told.get("time"):
            try:
                told["closes_at"] = brussels_moment(datetime.combine(told["day"], told["time"]))
            except NoSuchMoment as refused:
                self.add_error("time", str(refused))
        return told


class CorrigendumForm(ReasonForm):
    """Other words for one public text, and why. Which words are possible is decided by readiness."""

    text_fr = forms.CharField(
        label=_("New text in French"),
        widget=forms.Textarea(attrs={"rows": 5, "lang": "fr"}),
        error_messages={"required": _("Write the text in French.")},
    )
    text_nl = forms.CharField(
        label=_("New text in Dutch"),
        widget=forms.Textarea(attrs={"rows": 5, "lang": "nl"}),
        error_messages={"required": _("Write the text in Dutch.")},
    )
    text_en = forms.CharField(
        label=_("New text in English"), required=False, widget=forms.Textarea(attrs={"rows": 5, "lang": "en"})
    )
    field_order = ("text_fr", "text_nl", "text_en")

    def __init__(self, *args: Any, may_be_empty: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in ("fr", "nl"):
            self.fields[f"text_{language}"].required = not may_be_empty

    @property
    def words(self) -> dict[str, str]:
        """The new text by language."""
        return {language: self.cleaned_data[f"text_{language}"].replace("\r\n", "\n") for language in LANGUAGES}
