"""Handing in: the key of the page, so that the same click twice gives one receipt."""

import uuid

from django import forms


class SubmissionForm(forms.Form):
    """One hidden field, made when the page is shown."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls) -> "SubmissionForm":
        """A form with a key that was never used."""
        return cls(initial={"key": uuid.uuid4()})
