"""Withdrawing: the reason, in the applicant's words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import embedded_helper


class WithdrawalForm(forms.Form):
    """One question; its answer is kept with the file."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Why do you withdraw the application?"),
        help_text=_("One or two sentences. The service reads them; nobody else does."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": _("Write why you withdraw the application.")},
    )
    helper = embedded_helper()
