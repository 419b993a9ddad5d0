"""Forms of the desk. What a call may become is decided by its services, never here."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

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
