"""Form fields that every app shares. What an amount may be in one call is said by that app's readiness."""

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from portal.core.money import UnreadableAmount, parse_amount, plain_amount


class AmountInput(forms.TextInput):
    """A text field with the keyboard of figures; never `type="number"`, which would swallow what it cannot read."""

    template_name = "widgets/amount.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "spellcheck": "false", **(attrs or {})})


class AmountField(forms.Field):
    """An amount in euro, read by `parse_amount` in every language; what was typed stays in the field on refusal."""

    widget = AmountInput

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        text = str(value)
        if not text.strip():
            return None
        try:
            return parse_amount(text)
        except UnreadableAmount as refused:
            raise ValidationError(str(refused), code="unreadable") from refused

    def prepare_value(self, value: Any) -> Any:
        return plain_amount(value) if isinstance(value, Decimal | int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def embedded_helper() -> FormHelper:
    """A crispy helper for a form that stands inside a page's own <form>: fields only, no tag, no button, no token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    return helper
