"""What a visitor may type or send on the document pages: a code, a file to compare, filters. Nothing is changed."""

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.core.forms import AmountField
from portal.core.sizes import show_size
from portal.documents.choices import Kind
from portal.documents.codes import SHOWN_LENGTH, as_shown

LARGEST_COMPARED = 20 * 1024 * 1024


def largest_compared() -> int:
    """The size up to which a file is compared; what the portal cuts off on arrival cannot be."""
    return min(LARGEST_COMPARED, settings.MAX_ANNEX_BYTES)


def _limit() -> dict[str, str]:
    return {"size": show_size(largest_compared(), get_language() or "fr")}


class CodeForm(forms.Form):
    """The code beside the QR code of a letter, however it was typed."""

    code = forms.CharField(label=gettext_lazy("Code beside the QR code"), max_length=4 * SHOWN_LENGTH)

    def clean_code(self) -> str:
        code = as_shown(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("Type the ten letters and figures of the code."), code="no-code")
        return code


class ComparedFileForm(forms.Form):
    """A file that somebody holds; it is read once and not kept."""

    file = forms.FileField(label=gettext_lazy("Choose the PDF that you received"), allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = "application/pdf"
        self.fields["file"].help_text = (
            _("We compute its fingerprint and do not keep the file. At most %(size)s.") % _limit()
        )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > largest_compared():
            raise forms.ValidationError(
                _("This file is larger than %(size)s: no letter of ours is.") % _limit(), code="too-large"
            )
        return file

    def fingerprint(self) -> str:
        """The SHA-256 of the file, read piece by piece."""
        digest = hashlib.sha256()
        for piece in self.cleaned_data["file"].chunks():
            digest.update(piece)
        return digest.hexdigest()


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("All kinds")), *Kind.choices]


class RegisterFilters(forms.Form):
    """What the register is narrowed to; every field may stay empty."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=80, required=False)
    party = forms.CharField(label=gettext_lazy("Addressee"), max_length=100, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=_kinds, required=False)
    call = forms.CharField(label=gettext_lazy("Call"), max_length=40, required=False)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=date.max.year, required=False)
    amount_from = AmountField(label=gettext_lazy("Grant from, in €"), required=False)
    amount_to = AmountField(label=gettext_lazy("Grant up to, in €"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        lowest, highest = found.get("amount_from"), found.get("amount_to")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("amount_to", _("Write an amount that is not below the first one."))
        return found

    def conditions(self) -> dict[str, Any]:
        """What was asked, as DocumentQuerySet.matching takes it."""
        found = {name: value for name, value in self.cleaned_data.items() if not name.startswith("amount_")}
        return {**found, "amount": (self.cleaned_data["amount_from"], self.cleaned_data["amount_to"])}


class PickedForm(forms.Form):
    """Which letters go into a ZIP: the ticked ones, by their codes, or all that the filter shows."""

    TICKED, MATCHING = "ticked", "matching"

    take = forms.ChoiceField(choices=[(TICKED, TICKED), (MATCHING, MATCHING)])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.codes = data.getlist("pick")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("take") == self.TICKED and not self.codes:
            raise forms.ValidationError(_("Tick the documents that you want in the ZIP first."), code="none-ticked")
        return found

    @property
    def takes_ticked(self) -> bool:
        """Only the ticked letters are wanted."""
        return bool(self.cleaned_data["take"] == self.TICKED)
