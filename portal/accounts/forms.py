"""Forms of the administrator's pages."""

from django import forms

from portal.core.claims import JobState
from portal.documents.models import Document


class RetryForm(forms.Form):
    """Which failed document is asked for again."""

    document = forms.ModelChoiceField(Document.objects.filter(job_state=JobState.FAILED), widget=forms.HiddenInput)

    def clean_document(self) -> int:
        """The id is enough for the service."""
        return int(self.cleaned_data["document"].pk)
