"""Signing in, and the forms of the administrator's pages."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.claims import JobState
from portal.documents.models import Document


class SignInForm(LoginForm):
    """allauth's, with sentences that say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = _("Write your e-mail address.")
        self.fields["password"].error_messages["required"] = _("Write your password.")


class RetryForm(forms.Form):
    """Which failed document is asked for again."""

    document = forms.ModelChoiceField(Document.objects.filter(job_state=JobState.FAILED), widget=forms.HiddenInput)

    def clean_document(self) -> int:
        """The id is enough for the service."""
        return int(self.cleaned_data["document"].pk)
