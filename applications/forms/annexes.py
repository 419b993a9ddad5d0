"""Attaching a file: for which annex, and the file. What may be stored is said by portal.files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.models import AnnexRequirement


class AnnexForm(forms.Form):
    """The annex is named by its code, among those that are asked of this applicant."""

    annex = forms.ChoiceField(error_messages={"invalid_choice": _("This annex is not asked of you.")})
    file = forms.FileField(
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": _("Choose a file first."), "missing": _("Choose a file first.")},
    )

    def __init__(self, *args: Any, requirements: list[AnnexRequirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requirements = {row.code: row for row in requirements}
        self.fields["annex"].choices = [(code, code) for code in self.requirements]

    @property
    def requirement(self) -> AnnexRequirement:
        """The annex that was chosen; of a valid form."""
        return self.requirements[self.cleaned_data["annex"]]

    @property
    def first_trouble(self) -> str:
        """The first sentence about what is wrong."""
        return next((str(sentence) for sentences in self.errors.values() for sentence in sentences), "")
